import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Hotline } from '#schemas/entities/hotline.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bulletinsQuery } from '../../../shared/api/queries.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { isOvertaken } from '../../../shared/overtaken.ts';
import { useText } from '../../../shared/texts/texts.ts';
import { Refusal } from '../../../shared/ui/refusal.tsx';
import { fetchNumber, hotlinesQuery } from './hotline-queries.ts';
import { useHotlineText } from './hotline-texts.ts';

interface RemoveHotlineProps {
  readonly line: Hotline;
  /** What the number is for, in words. */
  readonly place: string;
  readonly onDone: () => void;
}

/** Asks a second time before a number goes with its key and its place. */
export const RemoveHotline = ({ line, place, onDone }: RemoveHotlineProps) => {
  const say = useHotlineText();
  const common = useText();
  const [holdBack, setHoldBack] = useState(false);
  const [seen, setSeen] = useState(line.number);
  const remove = useDeed(async () => {
    const query = { holdBack: `${holdBack}` as const, seen: seen ?? '' };
    try {
      await answered(api.hotlines[':id'].$delete({ param: { id: line.id }, query }));
    } catch (error) {
      if (isOvertaken(error)) setSeen(await fetchNumber(line));
      throw error;
    }
    onDone();
  }, [hotlinesQuery.queryKey, bulletinsQuery.queryKey]);
  return (
    <Stack gap="xs">
      <Text>{say('remove.ask', { name: line.name, place, placeholder: `{${line.key}}` })}</Text>
      <Checkbox
        label={say('remove.holdBack')}
        checked={holdBack}
        onChange={({ currentTarget }) => setHoldBack(currentTarget.checked)}
      />
      <Refusal error={remove.error} />
      {isOvertaken(remove.error) && (
        <Text size="sm">{say('overtaken', { number: seen ?? '–' })}</Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {common('cancel')}
        </Button>
        <Button color="red.8" loading={remove.isPending} onClick={() => remove.mutate()}>
          {say('remove')}
        </Button>
      </Group>
    </Stack>
  );
};
