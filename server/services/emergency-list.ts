import { canonicalJson } from '#core/canonical-json.ts';
import { handList } from '#core/plan/hand-list.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import type { bulletinToItem } from './plan-facts.ts';

/** How late a list by hand may begin, in minutes; an emergency goes by its own expiry. */
const LATEST_START_MIN = 60;

/** A document under the hash that names it. */
export interface NamedDocument {
  readonly sha256: string;
  readonly text: string;
}

/**
 * The list that an emergency of these items names; equal items are one document. `drill` marks what
 * only says that it is one: a technician at the box may have it sound.
 */
export const emergencyList = (
  site: string,
  items: readonly ReturnType<typeof bulletinToItem>[],
  drill = false,
): NamedDocument => {
  const rest = { drill, latestStartMin: LATEST_START_MIN, volume: null };
  const text = canonicalJson(handList({ site, items, ...rest }));
  return { sha256: sha256(byteCodec.textToBytes(text)), text };
};
