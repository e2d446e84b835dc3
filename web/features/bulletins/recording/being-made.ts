const NAME = 'tieng-lang.recording.making';

const placeOf = (person: string): string => `${NAME}.${person}.`;

/** Tells every window of this browser that a recording is being made, until the answer is called. */
export const tellBeingMade = (person: string, startedMs: number): (() => void) => {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  void navigator.locks.request(`${placeOf(person)}${startedMs}`, () => over);
  return end;
};

/** When the recordings were begun that some window of this browser is still making. */
export const beingMade = async (person: string): Promise<ReadonlySet<number>> => {
  // Where nothing can be recorded nothing is.
  if (!window.isSecureContext) return new Set();
  const { held = [] } = await navigator.locks.query();
  const place = placeOf(person);
  const names = held.flatMap(({ name }) => (name?.startsWith(place) ? [name] : []));
  return new Set(names.map((name) => Number(name.slice(place.length))));
};
