import type { Daypart } from '#schemas/primitives.ts';

/** Says of what is a list or may be left to others that there is to be none of it. */
export const NONE = 'none';

/** `HH:MM-HH:MM`, separated by commas; the server names what is no such hours. */
export const hoursIn = (list: string): Daypart[] =>
  list === NONE
    ? []
    : list.split(',').map((hours) => {
        const [from = '', to = ''] = hours.split('-');
        return { from, to };
      });
