import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import { tarEnd, tarHeader, tarMemberBytes, tarPadding } from '#runtime/tar.ts';
import {
  BUNDLE_SUFFIX,
  type BundleIndex,
  INDEX_NAME,
  MAX_BUNDLE_BYTES,
  MAX_BUNDLE_MEMBERS,
  MAX_BUNDLE_SPEAKERS,
} from '#schemas/bundle.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { BundleQuery } from '#schemas/requests/bundle.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type GatheredMember, gatherBundle } from './gather-bundle.ts';
import { knownSite } from './known-site.ts';
import { signPayload } from './sign-payload.ts';
import { readSiteRules } from './speaker-scope.ts';

/** A bundle on its way out. */
export interface WrittenBundle {
  readonly fileName: string;
  readonly bytes: number;
  /** Its bytes, read as they are asked for; throws when a clip is gone meanwhile. */
  readonly parts: AsyncGenerator<Uint8Array>;
}

type Ports = Pick<ServerPorts, 'store' | 'clips' | 'keys' | 'clock' | 'entropy' | 'log'>;
type Refusal =
  | ProblemOf<'unknownUnit' | 'unknownSpeaker' | 'notFound' | 'bundleTooLarge'>
  | CommitProblem;

/**
 * Everything that enrolled speakers need to play without a network, as one signed file for a USB
 * stick, with up to where the server has their logs; the audit says who took it along. Errors: unknownUnit, unknownSpeaker (also one
 * that is not enrolled), notFound (the unit has no enrolled speaker), bundleTooLarge (in bytes, files
 * or speakers), diskFull. Source: docs/usb-stick.md.
 */
export const writeBundle = async (
  ports: Ports,
  actor: Actor,
  query: BundleQuery,
): Promise<Result<WrittenBundle, Refusal>> => {
  const chosen = await chooseSpeakers(ports, query);
  if (!chosen.ok) return chosen;
  const speakers = chosen.value;
  const members = await gatherBundle(ports, speakers);
  const contentBytes = members.reduce((sum, { bytes }) => sum + tarMemberBytes(bytes), 0);
  const isLarge = contentBytes > MAX_BUNDLE_BYTES - SPARE_BYTES;
  const isMany = members.length > MAX_BUNDLE_MEMBERS || speakers.length > MAX_BUNDLE_SPEAKERS;
  if (isLarge || isMany) {
    const bounds = { maxBytes: MAX_BUNDLE_BYTES, most: MAX_BUNDLE_MEMBERS };
    return refuse({ code: 'bundleTooLarge', bytes: contentBytes, ...bounds });
  }
  const index = await makeIndex(ports, speakers, members);
  const text = Buffer.from(JSON.stringify(signPayload(ports.keys, 'bundle', index)), 'utf8');
  const bytes = tarMemberBytes(text.length) + contentBytes + tarEnd().length;
  const facts = { ...query, speakers, bytes };
  const done = await ports.store.commit({
    changes: [],
    audit: [auditEntry(ports, { actor, action: 'writeBundle', subject: index.id, facts })],
  });
  if (!done.ok) return done;
  ports.log.info({ event: 'bundleWritten', bundle: index.id, speakers: speakers.length, bytes });
  return ok({
    fileName: `${index.site}-${index.id.slice(-8)}${BUNDLE_SUFFIX}`,
    bytes,
    parts: tarParts(ports, text, { members, issuedMs: index.issuedMs }),
  });
};

/** Room for the index and the end. */
const SPARE_BYTES = 1_048_576;

const chooseSpeakers = async (
  { store, clock }: Ports,
  { unit, speakers }: BundleQuery,
): Promise<Result<readonly string[], Refusal>> => {
  const enrolled = (await store.speakers()).filter(({ state }) => state === 'enrolled');
  if (speakers !== undefined) {
    const stranger = speakers.find((id) => enrolled.every((speaker) => speaker.id !== id));
    return stranger === undefined
      ? ok([...new Set(speakers)])
      : refuse({ code: 'unknownSpeaker', speaker: stranger });
  }
  const id = unit ?? '';
  if ((await store.units()).every((known) => known.id !== id)) {
    return refuse({ code: 'unknownUnit', unit: id });
  }
  const { zone } = await knownSite(store);
  const today = localDayAt(clock.wallMs(), zone);
  const rules = await readSiteRules(store);
  const inside = enrolled.filter((speaker) => rules.unitsAbove(speaker, today).includes(id));
  return inside.length === 0
    ? refuse({ code: 'notFound', what: 'speaker', id })
    : ok(inside.map((speaker) => speaker.id));
};

const makeIndex = async (
  { store, clock, entropy }: Ports,
  speakers: readonly string[],
  members: readonly GatheredMember[],
): Promise<BundleIndex> => {
  const logs: BundleIndex['speakers'] = [];
  for (const speaker of speakers) {
    logs.push({ speaker, logTo: (await store.logHead(speaker)).seq });
  }
  return {
    v: 1,
    site: (await knownSite(store)).slug,
    id: createId(clock, entropy),
    issuedMs: Math.floor(clock.wallMs()),
    speakers: logs,
    members: members.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
};

async function* tarParts(
  { clips }: Pick<Ports, 'clips'>,
  index: Uint8Array,
  { members, issuedMs }: { readonly members: readonly GatheredMember[]; readonly issuedMs: number },
): AsyncGenerator<Uint8Array> {
  yield tarHeader(INDEX_NAME, index.length, issuedMs);
  yield index;
  yield new Uint8Array(tarPadding(index.length));
  for (const { name, bytes, from } of members) {
    yield tarHeader(name, bytes, issuedMs);
    if ('text' in from) yield Buffer.from(from.text, 'utf8');
    else {
      const opened = await clips.open(from.clip);
      if (!opened.ok) throw new Error(`${opened.problem.code} ${from.clip}`);
      yield* opened.value;
    }
    yield new Uint8Array(tarPadding(bytes));
  }
  yield tarEnd();
}
