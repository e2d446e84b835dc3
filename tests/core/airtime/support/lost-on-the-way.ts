import { openStanding } from '#core/airtime/standing.ts';
import type { ArrivalCase } from './arrivals.ts';
import { at } from './court.ts';
import { takenBack } from './taken-back.ts';

/** What is lost of a judgement as records arrive one batch after the other, and then by the time that passes. */
export const lostOnTheWay = ({ court, arrivals }: ArrivalCase): readonly string[] => {
  const opened = openStanding(court);
  if (!opened.ok) throw new Error(opened.problem.code);
  const standing = opened.value;
  let before = standing.judgement();
  const lost: string[] = [];
  const compare = (): void => {
    const after = standing.judgement();
    lost.push(...takenBack(before, after));
    before = after;
  };
  for (const { speaker, records } of arrivals) {
    const taken = standing.take(speaker, { records });
    if (!taken.ok) throw new Error(taken.problem.code);
    compare();
  }
  standing.revise({ nowMs: at(10, '00:00') });
  compare();
  return lost;
};
