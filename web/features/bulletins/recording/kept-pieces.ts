import { beingMade } from './being-made.ts';
import { inPlace, pieceKeys, settled } from './recording-place.ts';
import { keptSendings } from './sendings.ts';

/** A piece of a recording, kept in this browser until the whole is a bulletin or discarded. */
export interface KeptPiece {
  /** When the recording was begun, in epoch milliseconds; its pieces have it in common. */
  readonly startedMs: number;
  /** How long the recording is up to the end of this piece. */
  readonly durationMs: number;
  readonly sound: Blob;
}

/** A recording that has neither become a bulletin nor been discarded. */
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

/** Puts one more piece with the others of its recording. */
export const keepPiece = (person: string, piece: KeptPiece): Promise<unknown> =>
  inPlace(person, ['pieces', 'readwrite'], (pieces) => settled(pieces.add(piece)));

/** Forgets a recording. */
export const forgetRecording = (person: string, startedMs: number): Promise<void> =>
  inPlace(person, ['pieces', 'readwrite'], async (pieces) => {
    const keys = await pieceKeys(pieces, startedMs);
    await Promise.all(keys.map((key) => settled(pieces.delete(key))));
  });

/** The recording that was begun then; null when it is not kept. */
export const recordingOf = (person: string, startedMs: number): Promise<Recorded | null> =>
  inPlace(person, ['pieces', 'readonly'], async (pieces) => {
    const keys = await pieceKeys(pieces, startedMs);
    const found: readonly KeptPiece[] = await Promise.all(
      keys.map((key) => settled(pieces.get(key))),
    );
    return joinPieces(found);
  });

/** The oldest recording of the person that is kept in this browser, neither being made nor on its way. */
export const keptRecording = async (person: string): Promise<Recorded | null> => {
  const sent = new Set((await keptSendings(person)).map(({ startedMs }) => startedMs));
  const made = await beingMade(person);
  const starts = await inPlace(person, ['pieces', 'readonly'], async (pieces) => {
    const all: readonly KeptPiece[] = await settled(pieces.getAll());
    return all.map(({ startedMs }) => startedMs);
  });
  const startedMs = starts.find((each) => !sent.has(each) && !made.has(each));
  return startedMs === undefined ? null : recordingOf(person, startedMs);
};
