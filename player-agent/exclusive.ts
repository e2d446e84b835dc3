/** Runs what is handed in one after the other, and gives each caller its own result. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/** A door through which one goes at a time. */
export const createExclusive = (): Exclusive => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
};
