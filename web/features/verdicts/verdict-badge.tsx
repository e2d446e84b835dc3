import { Badge } from '@mantine/core';
import type { UnitVerdictCode } from '#schemas/verdict.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DARK_ORANGE } from '../../shared/ui/colors.ts';

const colorByVerdict: Readonly<Record<UnitVerdictCode, string>> = {
  met: 'village',
  tooFew: 'red.8',
  tooShort: 'red.8',
  unproven: 'red.8',
  unknown: DARK_ORANGE,
  pending: 'blue.8',
  notDue: 'gray.7',
  exempt: 'gray.7',
  excused: 'gray.7',
  noSpeaker: 'gray.7',
};

/** A verdict in one or two words. */
export const VerdictBadge = ({ verdict }: { readonly verdict: UnitVerdictCode }) => {
  const say = useText();
  return (
    <Badge color={colorByVerdict[verdict]} data-verdict={verdict}>
      {say(`verdict.${verdict}`)}
    </Badge>
  );
};
