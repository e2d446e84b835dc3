import { Button, Group, Text } from '@mantine/core';
import { useBulletinText } from './bulletin-texts.ts';

interface TakenUpProps {
  readonly isTakenUp: boolean;
  readonly onClear: () => void;
}

/** Says that a form holds what was entered before, and empties it. */
export const TakenUp = ({ isTakenUp, onClear }: TakenUpProps) => {
  const say = useBulletinText();
  if (!isTakenUp) return null;
  return (
    <Group gap="xs" role="status">
      <Text size="sm">{say('draft.takenUp')}</Text>
      <Button size="compact-xs" variant="subtle" onClick={onClear}>
        {say('draft.clear')}
      </Button>
    </Group>
  );
};
