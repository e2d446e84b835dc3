import { Button, Fieldset, Group, Stack } from '@mantine/core';
import type { Manner } from '#schemas/session-manner.ts';
import { useMannersText } from '../../shared/texts/manners-texts.ts';
import { useText } from '../../shared/texts/texts.ts';
import { LineField } from '../../shared/ui/line-field.tsx';
import { LateField } from './late-field.tsx';

/** What a manner that is added begins with. */
const FRESH: Manner = { from: '05:00', to: '06:00', volume: null, late: null };

interface MannerRowProps {
  readonly value: Manner;
  readonly onChange: (changed: Partial<Manner>) => void;
  readonly onRemove: () => void;
}

const MannerRow = ({ value, onChange, onRemove }: MannerRowProps) => {
  const say = useText();
  const sayManner = useMannersText();
  const { from, to, volume, late } = value;
  return (
    <Group align="flex-end" gap="xs">
      <LineField
        label={say('daypart.from')}
        type="time"
        required
        value={from}
        onText={(text) => onChange({ from: text })}
      />
      <LineField
        label={say('daypart.to')}
        type="time"
        required
        value={to}
        onText={(text) => onChange({ to: text })}
      />
      <LineField
        label={sayManner('manners.volume')}
        type="number"
        min={1}
        max={100}
        value={volume === null ? '' : `${volume}`}
        onText={(text) => onChange({ volume: text === '' ? null : Number(text) })}
      />
      <LateField value={late} mayInherit onLate={(next) => onChange({ late: next })} />
      <Button variant="default" aria-label={say('daypart.remove', { from, to })} onClick={onRemove}>
        ✕
      </Button>
    </Group>
  );
};

interface MannersFieldProps {
  readonly value: readonly Manner[];
  readonly onChange: (manners: Manner[]) => void;
}

/** How loud sessions are, and what becomes of late ones, in dayparts that differ from the site. */
export const MannersField = ({ value, onChange }: MannersFieldProps) => {
  const say = useMannersText();
  const change = (at: number, changed: Partial<Manner>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...changed } : one)));
  return (
    <Fieldset legend={say('manners')}>
      <Stack gap="xs">
        {value.map((manner, at) => (
          <MannerRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a manner has no other name than its place.
            key={at}
            value={manner}
            onChange={(changed) => change(at, changed)}
            onRemove={() => onChange(value.filter((_, index) => index !== at))}
          />
        ))}
        <Button variant="default" size="xs" onClick={() => onChange([...value, FRESH])}>
          {say('manners.add')}
        </Button>
      </Stack>
    </Fieldset>
  );
};
