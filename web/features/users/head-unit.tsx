import { useSuspenseQuery } from '@tanstack/react-query';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useVillageText } from '../../shared/texts/village-texts.ts';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';

interface HeadUnitProps {
  readonly value: string;
  readonly onChoice: (unit: string) => void;
}

/** Of which unit somebody is the head. */
export const HeadUnit = ({ value, onChoice }: HeadUnitProps) => {
  const say = useVillageText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  return (
    <ChoiceField
      label={say('village.unit')}
      required
      value={value}
      choices={toChoices(units, '')}
      onChoice={onChoice}
    />
  );
};
