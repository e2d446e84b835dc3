/** More waiting than this means that something hangs; it is a fault. */
const MAX_TASKS = 2_000;

/** Does one thing after the other, in the order in which it was asked. */
export interface TaskQueue {
  /** Resolves when the task is done; a task that throws is a fault and resolves too. */
  run(task: () => Promise<void> | void): Promise<void>;
  /** Counts something that runs beside the queue, so that `settled` waits for it. */
  beside(work: Promise<unknown>): void;
  /** Resolves when nothing is waiting or under way any more. */
  settled(): Promise<void>;
  /** Nothing that is asked from now on is done. */
  close(): void;
}

/** An empty queue; `onFault` gets what a task throws. */
export const createTaskQueue = (onFault: (error: unknown) => void): TaskQueue => {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  let closed = false;
  const others = new Set<Promise<unknown>>();
  const guarded = async (task: () => Promise<void> | void): Promise<void> => {
    try {
      if (!closed) await task();
    } catch (error) {
      onFault(error);
    } finally {
      waiting -= 1;
    }
  };
  return {
    run: (task) => {
      if (waiting >= MAX_TASKS) {
        onFault(new Error(`more than ${MAX_TASKS} tasks wait`));
        return Promise.resolve();
      }
      waiting += 1;
      last = last.then(() => guarded(task));
      return last;
    },
    beside: (work) => {
      const guardedWork = work.catch(onFault).finally(() => others.delete(guardedWork));
      others.add(guardedWork);
    },
    settled: async () => {
      while (waiting > 0 || others.size > 0) await Promise.all([last, ...others]);
    },
    close: () => {
      closed = true;
    },
  };
};
