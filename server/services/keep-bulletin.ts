import { type IngestedClip, type IngestProblem, ingestClip } from '#content/ingest-clip.ts';
import { createId } from '#runtime/clock.ts';
import type { Actor, Bulletin, Clip } from '#schemas/entities/bulletin.ts';
import { type MakingChoices, usualChoices } from '#schemas/making.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SpeechManner } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, CommitProblem, Work } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { ingestedToMaking, loudnessTarget, spokenChoices } from './clip-making.ts';
import type { CheckedDescription } from './describe-bulletin.ts';
import { keepOriginal, type Original } from './keep-original.ts';
import { firstVersion, nextVersion, type VersionFacts } from './next-version.ts';
import { refuseTwin } from './refuse-twin.ts';
import { type Reading, readNewDeeds } from './script-deeds.ts';

export type KeepPorts = Pick<
  ServerPorts,
  'store' | 'clips' | 'audio' | 'audioGate' | 'clock' | 'entropy' | 'workFolder' | 'log'
>;
export type KeepProblem =
  | IngestProblem
  | CommitProblem
  | ProblemOf<'tooManyTries' | 'soundAlreadyBrought'>;

/**
 * A local file with sound, and what is said of it. `script` is null when audio was brought and
 * nothing was said of its words, and the empty text when it has none.
 */
export interface BulletinSource {
  readonly actor: Actor;
  readonly path: string;
  readonly script: string | null;
  /** How the script was read out; null when audio was brought. */
  readonly manner: SpeechManner | null;
  /** How the script was read; null when audio was brought. */
  readonly reading: Reading | null;
  readonly description: BulletinDescription;
  readonly checked: CheckedDescription;
  /** What is written with the bulletin, in the same commit. */
  readonly beside?: (bulletin: Bulletin) => Required<Pick<Work, 'changes' | 'guards'>>;
}

/** The clip as it is remembered. */
export const ingestedToClip = (ingested: IngestedClip, createdMs: number): Clip => ({
  sha256: ingested.sha256,
  bytes: ingested.bytes,
  durationMs: Math.round(ingested.durationMs),
  loudnessLufs: ingested.loudnessLufs,
  truePeakDbtp: ingested.truePeakDbtp,
  createdMs,
});

/**
 * Takes a clip, or a recording, back out of the store when nothing came to refer to it. One that others
 * have put as well, and are just about to refer to, stays: `createNotedClipStore`.
 */
export const dropUnusedClip = async (
  { store, clips }: Pick<KeepPorts, 'store' | 'clips'>,
  sha256: string,
): Promise<void> => {
  if ((await store.clipBySha256(sha256)) !== undefined) return;
  if (!(await store.originals()).includes(sha256)) await clips.remove(sha256);
};

/**
 * Makes a clip of the file and a bulletin of the clip, or the next version of one; a recording that
 * was brought is kept beside it as it is. The same sound brought twice is recognised by its clip, but
 * versions of one bulletin may share it. Errors: those of ingestClip; tooManyTries (too many others
 * wait for the audio tools), soundAlreadyBrought (a bulletin of the same sound is under way),
 * changedMeanwhile (it was brought twice at once), diskFull. A refused one leaves nothing. Source:
 * DESIGN.md, the way of a broadcast, 1; issue 6, 3.
 */
export const keepBulletin = async (
  ports: KeepPorts,
  source: BulletinSource,
): Promise<Result<Bulletin, KeepProblem>> => {
  const { audio, clips, workFolder, store } = ports;
  const choices = choicesFor(source);
  const target = await loudnessTarget(store);
  const ingested = await ports.audioGate.run(() =>
    ingestClip({ audio, store: clips, workFolder, choices, target }, source.path),
  );
  if (!ingested.ok) return ingested;
  const { sha256 } = ingested.value;
  const first = source.checked.replaces?.first;
  const twin = await refuseTwin(store, { clip: sha256, first });
  if (twin !== undefined) return refuse(twin);
  const original = source.manner === null ? await keepSource(ports, source.path, sha256) : ok(null);
  if (!original.ok) return original;
  const made = { ingested: ingested.value, original: original.value };
  const done = await commitBulletin(ports, source, made);
  if (!done.ok) {
    await dropUnusedClip(ports, sha256);
    if (original.value !== null) await dropUnusedClip(ports, original.value.sha256);
  }
  return done;
};

/** Keeps what was brought; where that fails, or it was taken back meanwhile, its clip goes as well. */
const keepSource = async (
  ports: KeepPorts,
  path: string,
  clip: string,
): ReturnType<typeof keepOriginal> => {
  let isKept = false;
  try {
    const original = await keepOriginal(ports, path);
    isKept = original.ok;
    return original;
  } finally {
    if (!isKept) await dropUnusedClip(ports, clip);
  }
};

interface MadeClip {
  readonly ingested: IngestedClip;
  readonly original: Original | null;
}

const choicesFor = ({ manner, description }: BulletinSource): MakingChoices =>
  manner === null ? (description.choices ?? usualChoices) : spokenChoices;

const commitBulletin = async (
  ports: KeepPorts,
  source: BulletinSource,
  { ingested, original }: MadeClip,
): Promise<Result<Bulletin, CommitProblem>> => {
  const id = createId(ports.clock, ports.entropy);
  const { replaces } = source.checked;
  const reason = source.description.reason ?? null;
  const next = replaces ? await nextVersion(ports.store, { replaces, reason }) : firstVersion(id);
  const bulletin = describe(ports, source, { id, clip: ingested.sha256, ...next.facts });
  const clip = ingestedToClip(ingested, bulletin.createdMs);
  const making = ingestedToMaking(ingested, original, choicesFor(source));
  const { actor } = source;
  const beside = source.beside?.(bulletin) ?? { guards: [], changes: [] };
  const done = await ports.store.commit({
    guards: [
      { kind: 'clipUnused', clip: clip.sha256, first: bulletin.first },
      ...next.guards,
      ...beside.guards,
    ],
    changes: [
      ...next.changes,
      { do: 'put', what: 'clip', value: clip },
      { do: 'insert', what: 'bulletin', value: bulletin },
      ...(await saidNumbers(ports, id, source)),
      { do: 'insert', what: 'making', value: { ...making, bulletin: id } },
      ...beside.changes,
    ],
    audit: [
      auditEntry(ports, { actor, action: 'bringBulletin', subject: bulletin.id, facts: clip }),
    ],
  });
  return done.ok ? ok(bulletin) : done;
};

/** What is remembered of how a version was read; nothing where its script asks for no number. */
const saidNumbers = async (
  { store }: Pick<KeepPorts, 'store'>,
  bulletin: string,
  { reading, checked: { replaces } }: BulletinSource,
): Promise<readonly Change[]> => {
  if (reading === null || reading.numbers.size === 0) return [];
  const { readMs, numbers } = reading;
  const said = [...numbers].filter((pair): pair is [string, string] => pair[1] !== null);
  const versions = replaces ? await store.bulletinVersions(replaces.first) : [];
  const changedBy = (await readNewDeeds(store, reading, versions)).map(({ by }) => by);
  const value = { bulletin, numbers: Object.fromEntries(said), readMs, changedBy };
  return [{ do: 'insert', what: 'saidNumbers', value }];
};

const describe = (
  ports: KeepPorts,
  source: BulletinSource,
  own: Pick<Bulletin, 'id' | 'clip'> & VersionFacts,
): Bulletin => {
  const { title, language, role, priority, campaigns, units, submit } = source.description;
  const { validFromMs, expiresMs } = source.checked;
  return {
    ...own,
    title,
    // Where a recording takes the place of a version, the words stay until somebody changes them.
    script: (source.script ?? source.checked.replaces?.script) || null,
    manner: source.manner,
    language,
    campaigns,
    units,
    supplier: source.description.supplier ?? null,
    role,
    priority,
    state: submit ? 'submitted' : 'draft',
    rejectReason: null,
    trial: false,
    validFromMs,
    expiresMs,
    createdBy: source.actor,
    createdMs: Math.floor(ports.clock.wallMs()),
    releasedMs: null,
  };
};
