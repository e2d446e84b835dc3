import type { Late, Manner } from '#schemas/session-manner.ts';
import { numberIn } from '../number-in.ts';
import { hoursIn, NONE } from './hours-words.ts';

/** `join`, `skip` or `restart:MINUTES`; anything else is a restart that the server refuses and names. */
export const lateIn = (typed: string): Late => {
  const [answer, minutes = ''] = typed.split(':');
  if (typed === 'join' || typed === 'skip') return { do: typed };
  return { do: 'restart', withinMin: numberIn(answer === 'restart' ? minutes : '') };
};

/**
 * `HOURS=VOLUME` or `HOURS=VOLUME/LATE`, separated by commas; volume `none` is the site's, without an
 * answer for late sessions that is the site's too. `none` is no daypart at all.
 */
export const mannersIn = (list: string): Manner[] =>
  list === NONE ? [] : list.split(',').flatMap(mannerIn);

const mannerIn = (typed: string): Manner[] => {
  const [hours = '', told = ''] = typed.split('=');
  const [volume = '', late] = told.split('/');
  return hoursIn(hours).map((part) => ({
    ...part,
    volume: volume === NONE ? null : numberIn(volume),
    late: late === undefined ? null : lateIn(late),
  }));
};
