import { Group } from '@mantine/core';
import type { Late } from '#schemas/session-manner.ts';
import { useMannersText } from '../../shared/texts/manners-texts.ts';
import { ChoiceField } from '../../shared/ui/choice-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';

/** The minutes that somebody who chooses to begin again finds there. */
const FRESH_MIN = 10;
/** As the server has it, whose schema no first screen loads. */
const MAX_MIN = 720;
const INHERITED = 'inherited';

const policies = ['join', 'restart', 'skip'] as const satisfies readonly Late['do'][];
type Choice = Late['do'] | typeof INHERITED;

const choiceToLate = (choice: Choice): Late | null => {
  if (choice === INHERITED) return null;
  return choice === 'restart' ? { do: choice, withinMin: FRESH_MIN } : { do: choice };
};

interface LateFieldProps {
  /** Null where the site's policy holds. */
  readonly value: Late | null;
  readonly mayInherit?: boolean;
  readonly onLate: (late: Late | null) => void;
}

/** What a speaker does with a session that it comes to late. */
export const LateField = ({ value, mayInherit = false, onLate }: LateFieldProps) => {
  const say = useMannersText();
  const own = policies.map((policy) => ({ value: policy, label: say(`late.${policy}`) }));
  const inherited = { value: INHERITED, label: say('late.inherited') } as const;
  return (
    <Group align="flex-end" gap="xs">
      <ChoiceField<Choice>
        label={say('late')}
        value={value?.do ?? INHERITED}
        choices={mayInherit ? [inherited, ...own] : own}
        onChoice={(choice) => onLate(choiceToLate(choice))}
      />
      {value?.do === 'restart' && (
        <LineField
          label={say('late.withinMin')}
          type="number"
          required
          min={1}
          max={MAX_MIN}
          value={`${value.withinMin}`}
          onText={(text) => onLate({ do: 'restart', withinMin: Number(text) })}
        />
      )}
    </Group>
  );
};
