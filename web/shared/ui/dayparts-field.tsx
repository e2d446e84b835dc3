import { Button, Fieldset, Group, Stack } from '@mantine/core';
import type { Daypart } from '#schemas/primitives.ts';
import { useText } from '../texts/texts.ts';
import { LineField } from './line-field.tsx';

/** What hours that are added begin with. */
const FRESH: Daypart = { from: '17:00', to: '18:00' };

interface DaypartsFieldProps {
  readonly label: string;
  readonly value: readonly Daypart[];
  readonly onChange: (dayparts: readonly Daypart[]) => void;
}

/** Stretches of wall times, as many as are needed. */
export const DaypartsField = ({ label, value, onChange }: DaypartsFieldProps) => {
  const say = useText();
  const change = (at: number, changed: Partial<Daypart>) =>
    onChange(value.map((daypart, index) => (index === at ? { ...daypart, ...changed } : daypart)));
  return (
    <Fieldset legend={label}>
      <Stack gap="xs">
        {value.map((daypart, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other name than their place.
          <Group key={at} align="flex-end" gap="xs">
            <LineField
              label={say('daypart.from')}
              type="time"
              required
              value={daypart.from}
              onText={(from) => change(at, { from })}
            />
            <LineField
              label={say('daypart.to')}
              type="time"
              required
              value={daypart.to}
              onText={(to) => change(at, { to })}
            />
            <Button
              variant="default"
              aria-label={say('daypart.remove', { ...daypart })}
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              ✕
            </Button>
          </Group>
        ))}
        <Button variant="default" size="xs" onClick={() => onChange([...value, FRESH])}>
          {say('daypart.add')}
        </Button>
      </Stack>
    </Fieldset>
  );
};
