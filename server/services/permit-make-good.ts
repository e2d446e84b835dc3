import { createId } from '#runtime/clock.ts';
import { createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { type Permit, permitSchema } from '#schemas/make-good.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { PermitMakeGoodRequest } from '#schemas/requests/make-good.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, Work } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';
import { nextRevision } from './next-revision.ts';
import { plannedSessions } from './planned-sessions.ts';
import { signPayload } from './sign-payload.ts';

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;
type Refusal = ProblemOf<'unknownSpeaker' | 'notFound'> | CommitProblem;

const noteName = (speaker: string): string => `permit/${speaker}`;

/**
 * An approver lets a speaker repay one session of today's plan, if it is missed; the speaker still
 * decides whether and when. The permit names every session that was permitted for the day, is signed,
 * with a greater revision, and expires with the day; the same session again changes nothing. Errors:
 * unknownSpeaker (also one that is not enrolled), notFound (no session of today's plan),
 * changedMeanwhile (another permit was given at the same time), diskFull. Source: AIRTIME.md, 5.
 */
export const permitMakeGood = async (
  ports: Ports,
  actor: Actor,
  { speaker, session }: PermitMakeGoodRequest,
): Promise<Result<Permit, Refusal>> => {
  const { store, clock } = ports;
  if ((await store.speakerById(speaker))?.state !== 'enrolled') {
    return refuse({ code: 'unknownSpeaker', speaker });
  }
  const { slug: site, zone } = await knownSite(store);
  const nowMs = Math.floor(clock.wallMs());
  const day = localDayAt(nowMs, zone);
  if (!(await plannedSessions(store, speaker, [day])).includes(session)) {
    return refuse({ code: 'notFound', what: 'session', id: session });
  }
  const text = await permitTextOf(store, speaker);
  const before = text === undefined ? undefined : readPermit(text);
  const given = before?.day === day ? before.sessions : [];
  if (before !== undefined && given.includes(session)) return ok(before);
  const permit: Permit = {
    v: 1,
    site,
    speaker,
    revision: nextRevision(before?.revision ?? 0, nowMs),
    issuedMs: nowMs,
    expiresMs: createDayTable(zone, day, 1)[0]?.endMs ?? nowMs,
    day,
    sessions: [...given, session],
  };
  const done = await store.commit(permitToWork(ports, actor, { permit, session, text }));
  return done.ok ? ok(permit) : done;
};

/** The permit that a speaker was given last, as it was signed; undefined when there is none. */
export const permitTextOf = (
  store: Pick<ServerPorts['store'], 'note'>,
  speaker: string,
): Promise<string | undefined> => store.note(noteName(speaker));

const readPermit = (text: string): Permit => {
  const { payload } = envelopeSchema.parse(JSON.parse(text));
  return permitSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
};

interface GivenPermit {
  readonly permit: Permit;
  readonly session: string;
  /** The permit before it, as it was stored. */
  readonly text: string | undefined;
}

const permitToWork = (ports: Ports, actor: Actor, { permit, session, text }: GivenPermit): Work => {
  const { site, speaker, revision, day } = permit;
  const envelope = JSON.stringify(signPayload(ports.keys, 'permit', permit));
  const name = noteName(speaker);
  const facts = { session, day, revision };
  return {
    changes: [{ do: 'put', what: 'note', value: { name, text: envelope } }],
    guards: [{ kind: 'noteText', name, text: text ?? null }],
    audit: [auditEntry(ports, { actor, action: 'permitMakeGood', subject: speaker, facts })],
    outbox: [
      {
        id: createId(ports.clock, ports.entropy),
        topic: topicOf('permit', { site, speaker }),
        payload: envelope,
        retain: true,
      },
    ],
  };
};
