import { DARK_ORANGE } from '../../shared/ui/colors.ts';
import type { SessionState } from './day-line.ts';

/** Dark enough for white text. */
export const colorByState: Readonly<Record<SessionState, string>> = {
  planned: 'blue.8',
  playing: DARK_ORANGE,
  aired: 'village.7',
  missed: 'red.8',
  awaited: 'gray.7',
};
