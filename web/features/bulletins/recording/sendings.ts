import { inPlace, settled } from './recording-place.ts';

/** A kept recording that is on its way to the server. */
export interface Sending {
  /** When the recording was begun, in epoch milliseconds. */
  readonly startedMs: number;
  /** Under which id the server knows its upload; null until it does. */
  readonly upload: string | null;
}

/** Remembers that a recording is on its way, and how the server knows it. */
export const keepSending = (person: string, sending: Sending): Promise<unknown> =>
  inPlace(person, ['sendings', 'readwrite'], (sendings) => settled(sendings.put(sending)));

/** The recording is on its way no more; if it is still kept, it waits to be sent. */
export const dropSending = (person: string, startedMs: number): Promise<unknown> =>
  inPlace(person, ['sendings', 'readwrite'], (sendings) => settled(sendings.delete(startedMs)));

/** The recordings that are on their way, the oldest first. */
export const keptSendings = (person: string): Promise<readonly Sending[]> =>
  inPlace(person, ['sendings', 'readonly'], (sendings) => settled(sendings.getAll()));
