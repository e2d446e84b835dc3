/** A piece of a recording, kept in this browser until the whole is sent or discarded. */
export interface KeptPiece {
  /** When the recording was begun, in epoch milliseconds; its pieces have it in common. */
  readonly startedMs: number;
  /** How long the recording is up to the end of this piece. */
  readonly durationMs: number;
  readonly sound: Blob;
}

/** A recording that has neither been sent nor discarded. */
export interface Recorded {
  readonly startedMs: number;
  readonly durationMs: number;
  readonly sound: Blob;
}

/** The recording that the pieces of it make, in their order; null when there is none. */
export const joinPieces = (pieces: readonly KeptPiece[]): Recorded | null => {
  const last = pieces.at(-1);
  if (last === undefined) return null;
  const { startedMs, durationMs } = last;
  const sounds = pieces.map((piece) => piece.sound);
  return { startedMs, durationMs, sound: new Blob(sounds, { type: last.sound.type }) };
};

const STORE = 'pieces';
const BY_START = 'startedMs';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** One place for each person: a computer of the office has several. */
const openPlace = (person: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(`tieng-lang.recording.${person}`, 1);
  request.onupgradeneeded = () => {
    const pieces = request.result.createObjectStore(STORE, { autoIncrement: true });
    pieces.createIndex(BY_START, BY_START);
  };
  return settled(request);
};

const withPieces = async <T>(
  person: string,
  mode: IDBTransactionMode,
  work: (pieces: IDBObjectStore) => Promise<T>,
): Promise<T> => {
  const place = await openPlace(person);
  try {
    return await work(place.transaction(STORE, mode).objectStore(STORE));
  } finally {
    place.close();
  }
};

/** Puts one more piece with the others of its recording. */
export const keepPiece = (person: string, piece: KeptPiece): Promise<unknown> =>
  withPieces(person, 'readwrite', (pieces) => settled(pieces.add(piece)));

/** Forgets a recording. */
export const forgetRecording = (person: string, startedMs: number): Promise<void> =>
  withPieces(person, 'readwrite', async (pieces) => {
    const keys = await settled(pieces.index(BY_START).getAllKeys(startedMs));
    await Promise.all(keys.map((key) => settled(pieces.delete(key))));
  });

/** The oldest recording of the person that is still kept in this browser. */
export const keptRecording = (person: string): Promise<Recorded | null> =>
  withPieces(person, 'readonly', async (pieces) => {
    const all: readonly KeptPiece[] = await settled(pieces.getAll());
    const startedMs = all[0]?.startedMs;
    return joinPieces(all.filter((piece) => piece.startedMs === startedMs));
  });
