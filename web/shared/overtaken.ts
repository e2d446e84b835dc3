import { Refused } from './api/refused.ts';

/** Whether somebody else has changed meanwhile what was to be saved, so that nothing was overwritten. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Refused && (error.code === 'overtaken' || error.code === 'changedMeanwhile');

/** What somebody entered since `seen`, and all else as it stands now. */
export const rebaseDraft = <T extends object>(draft: T, seen: T, now: T): T => {
  const isEntered = (field: keyof T): boolean =>
    JSON.stringify(draft[field]) !== JSON.stringify(seen[field]);
  const entered = Object.entries(draft).filter(([field]) => isEntered(field as keyof T));
  return { ...now, ...Object.fromEntries(entered) };
};
