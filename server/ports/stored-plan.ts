import type { Order } from '#schemas/pointer.ts';
import type { Preflight } from '#schemas/preflight.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';

/** A playlist document: the exact canonical text whose SHA-256 names it. */
export interface StoredPlaylist {
  readonly sha256: string;
  readonly text: string;
  readonly createdMs: number;
}

/**
 * What a speaker is told: the payload's revision and days beside the signed envelope, and for each
 * bulletin that it calls withdrawn the first revision that did.
 */
export interface StoredPointer {
  readonly speaker: string;
  readonly revision: number;
  readonly days: Readonly<Record<LocalDay, string>>;
  readonly envelope: string;
  readonly withdrawals: Readonly<Record<Id, number>>;
}

/** Which pointer a speaker last said to have, and what it last said to lack. */
export interface StoredReport {
  readonly speaker: string;
  readonly pointerRevision: number;
  readonly preflight: Preflight | null;
}

export interface StoredLimits {
  readonly speaker: string;
  readonly revision: number;
  readonly envelope: string;
}

export interface StoredOrder {
  readonly speaker: string;
  readonly order: Order;
  readonly drill: boolean;
  readonly createdMs: number;
}
