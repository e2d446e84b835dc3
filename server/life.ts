/** What was opened, in the order of opening; closed the other way round. */
export interface Life {
  /** Remembers how to close what was just opened. */
  onEnd(close: () => Promise<void> | void): void;
  /** Closes everything, the last opened first; a second call waits for the first. */
  end(): Promise<void>;
}

/** An empty life. A close that throws does not keep the others from being closed. */
export const createLife = (): Life => {
  const closers: (() => Promise<void> | void)[] = [];
  let ending: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    const errors: unknown[] = [];
    for (const close of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'not everything could be closed');
  };
  return {
    onEnd: (close) => void closers.push(close),
    end: () => {
      ending ??= closeAll();
      return ending;
    },
  };
};
