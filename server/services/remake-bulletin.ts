import { type IngestedClip, type IngestProblem, ingestClip } from '#content/ingest-clip.ts';
import { createId } from '#runtime/clock.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { Making, MakingChoices } from '#schemas/making.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { ingestedToMaking, loudnessTarget } from './clip-making.ts';
import { findBulletin } from './find-bulletin.ts';
import { dropUnusedClip, ingestedToClip, type KeepPorts } from './keep-bulletin.ts';
import { withOriginal } from './keep-original.ts';
import { nextVersion } from './next-version.ts';

/** Which bulletin, and how its recording is to be made fit for air. */
export interface RemakeRequest {
  readonly id: string;
  readonly choices: MakingChoices;
}

type MakeProblem =
  | ProblemOf<'notFound' | 'wrongState' | 'originalMissing' | 'clipMissing' | 'tooManyTries'>
  | IngestProblem;

interface Remade {
  readonly bulletin: Bulletin;
  readonly ingested: IngestedClip;
  readonly making: Making;
}

const remake = async (
  ports: KeepPorts,
  { id, choices }: RemakeRequest,
): Promise<Result<Remade, MakeProblem>> => {
  const { store, audio, clips, workFolder } = ports;
  const found = await findBulletin(store, id, ['draft', 'submitted', 'released', 'rejected']);
  if (!found.ok) return found;
  const original = (await store.makingOf(found.value))?.original ?? null;
  if (original === null) return refuse({ code: 'originalMissing' });
  const target = await loudnessTarget(store);
  const ingested = await ports.audioGate.run(() =>
    withOriginal(ports, original, (path) =>
      ingestClip({ audio, store: clips, workFolder, choices, target }, path),
    ),
  );
  if (!ingested.ok) return ingested;
  const making = ingestedToMaking(ingested.value, original, choices);
  return ok({ bulletin: found.value, ingested: ingested.value, making });
};

/**
 * The clip that other choices would give, to be heard under its hash; the bulletin stays as it is.
 * Nothing refers to that clip, so that it is cleaned away unless it is taken. Errors: notFound,
 * wrongState, originalMissing (a text that was read out, or brought before originals were kept),
 * clipMissing, tooManyTries, and those of ingestClip.
 */
export const previewBulletin = async (
  ports: KeepPorts,
  request: RemakeRequest,
): Promise<Result<Making, MakeProblem>> => {
  const remade = await remake(ports, request);
  return remade.ok ? ok(remade.value.making) : remade;
};

/**
 * The bulletin with a clip that is made anew from its recording. Other bytes are another version of
 * it, in the name of who changed it: a draft of a draft, else submitted anew; a released one sounds
 * until that one is released. The same bytes change nothing. Errors: those of previewBulletin,
 * changedMeanwhile (also when another bulletin has that sound), diskFull. Source: issue 6, 3 and 6;
 * ADR 0019.
 */
export const remakeBulletin = async (
  ports: KeepPorts,
  actor: Actor,
  request: RemakeRequest,
): Promise<Result<Bulletin, MakeProblem | CommitProblem>> => {
  const remade = await remake(ports, request);
  if (!remade.ok) return remade;
  const { bulletin, making } = remade.value;
  if (making.clip === bulletin.clip) return ok(bulletin);
  const done = await commitVersion(ports, actor, remade.value);
  if (!done.ok) await dropUnusedClip(ports, making.clip);
  return done;
};

const commitVersion = async (
  ports: KeepPorts,
  actor: Actor,
  { bulletin: replaces, ingested, making }: Remade,
): Promise<Result<Bulletin, CommitProblem>> => {
  const next = await nextVersion(ports.store, { replaces, reason: null });
  const nowMs = Math.floor(ports.clock.wallMs());
  const bulletin: Bulletin = {
    ...replaces,
    ...next.facts,
    id: createId(ports.clock, ports.entropy),
    clip: making.clip,
    state: replaces.state === 'draft' ? 'draft' : 'submitted',
    rejectReason: null,
    createdBy: actor,
    createdMs: nowMs,
    releasedMs: null,
  };
  const { id, clip, first } = bulletin;
  const { cutStartMs, cutEndMs, choices } = making;
  const facts = { replaces: replaces.id, clip, cutStartMs, cutEndMs, choices };
  const done = await ports.store.commit({
    guards: [
      { kind: 'clipUnused', clip, first },
      { kind: 'sameBulletin', value: replaces },
      ...next.guards,
    ],
    changes: [
      ...next.changes,
      { do: 'put', what: 'clip', value: ingestedToClip(ingested, nowMs) },
      { do: 'insert', what: 'bulletin', value: bulletin },
      { do: 'insert', what: 'making', value: { ...making, bulletin: id } },
    ],
    audit: [auditEntry(ports, { actor, action: 'bringBulletin', subject: id, facts })],
  });
  return done.ok ? ok(bulletin) : done;
};
