import type { Change, EntityName } from '../ports/store.ts';

/**
 * Which kinds of facts plans are made from. A kind that is missing here does not compile, so that
 * nobody can add an input of plans that leaves them stale.
 */
const isPlannedFrom: Readonly<Record<EntityName, boolean>> = {
  site: true,
  unit: true,
  speaker: true,
  directive: false,
  campaign: false,
  rule: true,
  cap: true,
  programme: true,
  bulletin: true,
  bulletinComment: false,
  excuse: false,
  lock: false,
  correction: false,
  clip: false,
  making: false,
  release: false,
  playlist: false,
  pointer: false,
  speakerReport: false,
  limits: false,
  order: false,
  enrolmentCode: false,
  speakerSecret: false,
  record: false,
  finding: false,
  emergency: false,
  emergencyAnswer: false,
  user: false,
  note: false,
  pronunciation: false,
  hotline: false,
  hotlineRemoval: false,
  ident: true,
  saidNumbers: false,
  upload: false,
};

/** Bulletins in these states are in no plan, and never were. */
const UNPLANNED: ReadonlySet<string> = new Set(['draft', 'submitted', 'rejected']);

const makesStale = (change: Change): boolean => {
  if (change.what === 'bulletin') return !UNPLANNED.has(change.value.state);
  return isPlannedFrom[change.what];
};

/** The first of the changes after which plans no longer fit; undefined when they still do. */
export const changesToReplan = (changes: readonly Change[]): EntityName | undefined =>
  changes.find(makesStale)?.what;
