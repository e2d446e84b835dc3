import { Button, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';
import { inspectionQuery } from './week-query.ts';

const AskLock = ({ monday, onClose }: { monday: string; onClose: () => void }) => {
  const say = useText();
  const times = useLocalTimes();
  const lock = useDeed(async () => {
    await answered(api.locks.$post({ json: { day: monday } }));
    onClose();
  }, [['verdicts'], ['inspection']]);
  return (
    <AskAgain
      title={say('lock')}
      onClose={onClose}
      confirm={{ label: say('lock'), run: () => lock.mutate(undefined) }}
      isBusy={lock.isPending}
      error={lock.error}
    >
      <Text>{say('lock.ask', { day: times.dayName(monday) })}</Text>
    </AskAgain>
  );
};

interface WeekLockProps {
  readonly monday: string;
  /** A week that is not over cannot be locked. */
  readonly isOver: boolean;
}

/** Says that a week is locked, or offers to lock it. */
export const WeekLock = ({ monday, isOver }: WeekLockProps) => {
  const say = useText();
  const times = useLocalTimes();
  const { data } = useSuspenseQuery(inspectionQuery(monday));
  const inspects = useHasRole('inspector');
  const administers = useHasRole('administrator');
  const [isAsked, setAsked] = useState(false);
  if (data.lock !== null) {
    const { lockedMs, lockedBy } = data.lock;
    return (
      <Text size="sm" data-locked>
        {say('lock.locked', { when: times.dayAndTime(lockedMs), who: lockedBy })}
      </Text>
    );
  }
  if (!isOver || !(inspects || administers)) return null;
  return (
    <Group>
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {say('lock')}
      </Button>
      {isAsked && <AskLock monday={monday} onClose={() => setAsked(false)} />}
    </Group>
  );
};
