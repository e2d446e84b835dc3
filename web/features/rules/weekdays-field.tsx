import { Checkbox, Group } from '@mantine/core';
import type { TextKey } from '../../shared/texts/texts.ts';
import { useText } from '../../shared/texts/texts.ts';

/** ISO weekdays with the keys of their names. */
export const weekdayKeys = [
  'weekday.1',
  'weekday.2',
  'weekday.3',
  'weekday.4',
  'weekday.5',
  'weekday.6',
  'weekday.7',
] as const satisfies readonly TextKey[];

interface WeekdaysFieldProps {
  readonly label: string;
  readonly value: readonly number[];
  readonly onChange: (weekdays: readonly number[]) => void;
}

/** Any of the seven days of a week. */
export const WeekdaysField = ({ label, value, onChange }: WeekdaysFieldProps) => {
  const say = useText();
  return (
    <Checkbox.Group
      label={label}
      value={value.map(String)}
      onChange={(chosen) => onChange(chosen.map(Number).sort())}
    >
      <Group gap="sm" mt="xs">
        {weekdayKeys.map((key, index) => (
          <Checkbox key={key} value={`${index + 1}`} label={say(key)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
};
