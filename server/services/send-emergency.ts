import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Emergency } from '#schemas/evidence.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SendEmergencyRequest } from '#schemas/requests/emergency.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { drillBulletins } from './drill-bulletins.ts';
import { emergencyList } from './emergency-list.ts';
import { enrolledSpeakers } from './give-order.ts';
import { knownSite } from './known-site.ts';
import { airableItems } from './play-now.ts';
import { documentMessage } from './point-speaker.ts';
import { signEmergency } from './sign-emergency.ts';

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;

export type SendEmergencyProblem =
  | ProblemOf<'unknownUnit' | 'unknownSpeaker' | 'notFound' | 'wrongState' | 'clipMissing'>
  | CommitProblem;

const MINUTE_MS = 60_000;

/**
 * Has released bulletins sound at once on every speaker of the units, and of those below them, and on
 * the speakers named, also in quiet hours. A drill begins with the released trial bulletins, which say
 * that it is one. Errors: unknownUnit, unknownSpeaker; notFound (a bulletin), wrongState (one that is
 * not released, or whose time has not come or is over), clipMissing; changedMeanwhile, alreadyExists,
 * diskFull. Source: schemas/evidence.ts; ADR 0015.
 */
export const sendEmergency = async (
  ports: Ports,
  actor: Actor,
  request: SendEmergencyRequest,
): Promise<Result<Emergency, SendEmergencyProblem>> => {
  const { store, clock, entropy } = ports;
  const unknown = await unknownUnit(store, request.units);
  if (unknown !== undefined) return refuse({ code: 'unknownUnit', unit: unknown });
  const speakers = await enrolledSpeakers(store, request.speakers);
  if (!speakers.ok) return speakers;
  const nowMs = Math.floor(clock.wallMs());
  const said = request.drill ? await drillBulletins(store, nowMs) : [];
  const bulletins = [...said, ...request.bulletins];
  const items = await airableItems(ports, bulletins, nowMs);
  if (!items.ok) return items;
  const { slug: site } = await knownSite(store);
  const list = emergencyList(site, items.value);
  const emergency: Emergency = {
    ...{ v: 1, site, id: createId(clock, entropy) },
    ...{ issuedMs: nowMs, expiresMs: nowMs + request.expiresInMin * MINUTE_MS },
    ...{ drill: request.drill, repeats: request.repeats, volume: request.volume },
    ...{ units: request.units, speakers: speakers.value.map(({ id }) => id) },
    ...{ playlist: list.sha256, cancels: null },
  };
  const signed = signEmergency(ports, emergency, bulletins);
  const facts = { ...request, playlist: list.sha256 };
  const done = await store.commit({
    changes: [{ do: 'put', what: 'playlist', value: { ...list, createdMs: nowMs } }, signed.change],
    audit: [auditEntry(ports, { actor, action: 'sendEmergency', subject: emergency.id, facts })],
    outbox: [documentMessage(ports, { site, ...list }), signed.message],
  });
  return done.ok ? ok(emergency) : done;
};

const unknownUnit = async (
  store: Ports['store'],
  wanted: readonly string[],
): Promise<string | undefined> => {
  const known = new Set((await store.units()).map(({ id }) => id));
  return wanted.find((unit) => !known.has(unit));
};
