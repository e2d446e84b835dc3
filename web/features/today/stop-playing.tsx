import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Speaker } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';

/** Ends what sounds; asks a second time, because what is cut earns no airtime. */
export const StopPlaying = ({ speaker }: { readonly speaker: Speaker }) => {
  const say = useText();
  const [isOpen, { open, close }] = useDisclosure();
  const stop = useDeed(async () => {
    await answered(api.stop.$post({ json: { speakers: [speaker.id] } }));
    close();
  }, [
    ['plans', speaker.id],
    ['health', speaker.id],
  ]);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        {say('stop')}
      </Button>
      {isOpen && (
        <AskAgain
          title={say('stop.title', { speaker: speaker.name })}
          onClose={close}
          confirm={{ label: say('stop.confirm'), run: () => stop.mutate() }}
          isBusy={stop.isPending}
          error={stop.error}
        >
          <Text>{say('stop.ask', { speaker: speaker.name })}</Text>
        </AskAgain>
      )}
    </>
  );
};
