import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Speaker } from '#schemas/entities/site.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { SessionId } from '#schemas/session.ts';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';

interface PermitMakeGoodProps {
  readonly speaker: Speaker;
  readonly session: SessionId;
}

/** Lets a speaker repay a missed session; asks a second time, because a village will hear it. */
export const PermitMakeGood = ({ speaker, session }: PermitMakeGoodProps) => {
  const say = useText();
  const times = useLocalTimes();
  const [isOpen, { open, close }] = useDisclosure();
  const permit = useDeed(async () => {
    await answered(api['make-good'].permits.$post({ json: { speaker: speaker.id, session } }));
    close();
  }, [['health', speaker.id]]);
  const time = times.time(sessionIdToStartMs(session));
  return (
    <>
      <Button size="xs" mt={4} onClick={open}>
        {say('permit')}
      </Button>
      {isOpen && (
        <AskAgain
          title={say('permit.title', { speaker: speaker.name })}
          onClose={close}
          confirm={{ label: say('permit.confirm'), run: () => permit.mutate(undefined) }}
          isGentle
          isBusy={permit.isPending}
          error={permit.error}
        >
          <Text>{say('permit.ask', { speaker: speaker.name, time })}</Text>
        </AskAgain>
      )}
    </>
  );
};
