import * as z from 'zod';
import { type IngestedClip, ingestClip } from '#content/ingest-clip.ts';
import type { PackBulletin, StarterPack } from '#content/packs/pack.ts';
import type { SpeechProblem } from '#content/ports.ts';
import { createId } from '#runtime/clock.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import { ok, type Result } from '#schemas/result.ts';
import { usualManner } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { auditEntry } from './audit-entry.ts';
import { ingestedToMaking, loudnessTarget, spokenChoices } from './clip-making.ts';
import {
  dropUnusedClip,
  ingestedToClip,
  type KeepPorts,
  type KeepProblem,
} from './keep-bulletin.ts';
import { knownSite } from './known-site.ts';
import { makeRelease } from './make-release.ts';
import { firstVersion } from './next-version.ts';
import { STARTER_CAMPAIGNS_NOTE } from './set-up-site.ts';
import { takeIdentPlaces } from './take-ident-places.ts';
import { withSpokenText } from './write-bulletin.ts';

type Ports = KeepPorts & Pick<ServerPorts, 'speech' | 'keys'>;
type StarterProblem = KeepProblem | SpeechProblem;

const starter: Actor = { kind: 'system', id: 'starter' };
const DAY_MS = 86_400_000;
const campaignIdsSchema = z.record(z.string(), z.string());

const noteOf = (key: string): string => `starterBulletin/${key}`;

/**
 * Speaks the pack's texts and releases them, in its order, those that are not there yet; plans are
 * made anew after each. Meant for the background of a first start: a kill in between costs the text
 * under way, and the next start goes on. Errors: those of the first text that could not be made.
 */
export const makeStarterBulletins = async (
  ports: Ports,
  pack: StarterPack,
  isStopping: () => boolean,
): Promise<Result<'complete' | 'stopped', StarterProblem>> => {
  const total = pack.bulletins.length;
  for (const [index, bulletin] of pack.bulletins.entries()) {
    if (isStopping()) return ok('stopped');
    if ((await ports.store.note(noteOf(bulletin.key))) !== undefined) continue;
    const made = await makeOne(ports, pack, bulletin);
    if (!made.ok) return made;
    const { title } = bulletin;
    ports.log.info({ event: 'starterBulletinMade', title, number: index + 1, total });
  }
  return ok('complete');
};

const makeOne = (
  ports: Ports,
  pack: StarterPack,
  bulletin: PackBulletin,
): Promise<Result<void, StarterProblem>> =>
  withSpokenText(
    ports,
    { text: bulletin.script, manner: usualManner, units: [] },
    async (path): Promise<Result<void, KeepProblem>> => {
      const { audio, clips, workFolder } = ports;
      const target = await loudnessTarget(ports.store);
      const places = { audio, store: clips, workFolder, choices: spokenChoices, target };
      const ingested = await ingestClip(places, path);
      if (!ingested.ok) return ingested;
      const done = await releaseStarter(ports, { pack, bulletin, ingested: ingested.value });
      if (!done.ok) await dropUnusedClip(ports, ingested.value.sha256);
      return done;
    },
  );

interface SpokenBulletin {
  readonly pack: StarterPack;
  readonly bulletin: PackBulletin;
  readonly ingested: IngestedClip;
}

const releaseStarter = async (ports: Ports, spoken: SpokenBulletin) => {
  const { store } = ports;
  const { slug } = await knownSite(store);
  const made = makeRelease(ports, await describeStarter(ports, spoken), {
    site: slug,
    releasedBy: starter.id,
  });
  const { id } = made.bulletin;
  const clip = ingestedToClip(spoken.ingested, made.bulletin.createdMs);
  const making = ingestedToMaking(spoken.ingested, null, spokenChoices);
  return store.commit({
    changes: [
      { do: 'put', what: 'clip', value: clip },
      { do: 'insert', what: 'bulletin', value: made.bulletin },
      { do: 'insert', what: 'making', value: { ...making, bulletin: id } },
      { do: 'insert', what: 'release', value: made.release },
      ...takeIdentPlaces(made.bulletin, { versions: [], actor: starter }),
      { do: 'insert', what: 'note', value: { name: noteOf(spoken.bulletin.key), text: id } },
    ],
    audit: [auditEntry(ports, { actor: starter, action: 'releaseStarterBulletin', subject: id })],
  });
};

const describeStarter = async (
  { store, clock, entropy }: Ports,
  { pack, bulletin, ingested }: SpokenBulletin,
): Promise<Bulletin> => {
  const ids = campaignIdsSchema.parse(
    JSON.parse((await store.note(STARTER_CAMPAIGNS_NOTE)) ?? '{}'),
  );
  const nowMs = Math.floor(clock.wallMs());
  const id = createId(clock, entropy);
  return {
    id,
    ...firstVersion(id).facts,
    title: bulletin.title,
    script: bulletin.script,
    language: bulletin.language,
    campaigns: bulletin.campaigns.flatMap((key) => ids[key] ?? []),
    units: [],
    supplier: bulletin.supplier,
    role: bulletin.role,
    priority: bulletin.priority,
    clip: ingested.sha256,
    state: 'submitted',
    manner: usualManner,
    rejectReason: null,
    trial: bulletin.trial,
    validFromMs: nowMs,
    expiresMs: nowMs + pack.validDays * DAY_MS,
    createdBy: starter,
    createdMs: nowMs,
    releasedMs: null,
  };
};
