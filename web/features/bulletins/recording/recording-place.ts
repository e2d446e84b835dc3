const stores = { pieces: 'pieces', sendings: 'sendings' } as const;
const BY_START = 'startedMs';

/** What an operation on the place has come to. */
export const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Whether a disk has room is known at the very end, after each operation has said that it is done. */
const ended = (transaction: IDBTransaction): Promise<void> => {
  const end = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  // Where an operation failed, that is what is said.
  end.catch(() => undefined);
  return end;
};

/** One place for each person: a computer of the office has several. */
const openPlace = (person: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(`tieng-lang.recording.${person}`, 2);
  request.onupgradeneeded = () => {
    const { result } = request;
    if (!result.objectStoreNames.contains(stores.pieces)) {
      const pieces = result.createObjectStore(stores.pieces, { autoIncrement: true });
      pieces.createIndex(BY_START, BY_START);
    }
    result.createObjectStore(stores.sendings, { keyPath: BY_START });
  };
  return settled(request);
};

/** Works with what this browser keeps of a person's recordings; throws where it keeps nothing. */
export const inPlace = async <T>(
  person: string,
  [store, mode]: readonly [keyof typeof stores, IDBTransactionMode],
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> => {
  const place = await openPlace(person);
  try {
    const transaction = place.transaction(store, mode);
    const written = ended(transaction);
    const done = await work(transaction.objectStore(store));
    await written;
    return done;
  } finally {
    place.close();
  }
};

/** The keys of the pieces of one recording. */
export const pieceKeys = (pieces: IDBObjectStore, startedMs: number): Promise<IDBValidKey[]> =>
  settled(pieces.index(BY_START).getAllKeys(startedMs));
