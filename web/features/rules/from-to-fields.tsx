import { useText } from '../../shared/texts/texts.ts';
import { LineField } from '../../shared/ui/line-field.tsx';

interface FromTo {
  readonly from: string;
  /** The empty text where it has no end. */
  readonly to: string;
}

interface FromToFieldsProps {
  readonly draft: FromTo;
  readonly toLabel: string;
  readonly onChange: (changed: Partial<FromTo>) => void;
}

/** The first day and, where there is one, the last. */
export const FromToFields = ({ draft, toLabel, onChange }: FromToFieldsProps) => {
  const say = useText();
  return (
    <>
      <LineField
        label={say('rule.from')}
        type="date"
        required
        value={draft.from}
        onText={(from) => onChange({ from })}
      />
      <LineField label={toLabel} type="date" value={draft.to} onText={(to) => onChange({ to })} />
    </>
  );
};
