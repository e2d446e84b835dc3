import { Badge } from '@mantine/core';
import { useText } from '../../shared/texts/texts.ts';
import { DARK_ORANGE } from '../../shared/ui/colors.ts';

const colors = { inForce: 'village', coming: DARK_ORANGE, over: 'gray.7' } as const;

interface VersionStateProps {
  readonly from: string;
  readonly to: string | null;
  readonly today: string;
}

/** Whether something holds today, will or did. */
export const VersionState = ({ from, to, today }: VersionStateProps) => {
  const say = useText();
  const state = today < from ? 'coming' : to !== null && to < today ? 'over' : 'inForce';
  return <Badge color={colors[state]}>{say(`ruleState.${state}`)}</Badge>;
};
