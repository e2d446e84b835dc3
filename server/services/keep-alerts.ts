import * as z from 'zod';
import { MAX_ALERTS } from '#schemas/limits.ts';
import { type Sha256, sha256Schema } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { drillBulletins } from './drill-bulletins.ts';
import { emergencyList, type NamedDocument } from './emergency-list.ts';
import { knownSite } from './known-site.ts';
import { bulletinToItem } from './plan-facts.ts';
import { documentMessage } from './point-speaker.ts';

const NOTE = 'alerts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;

/**
 * The lists that every speaker keeps at hand for emergencies: one of each released bulletin with the
 * priority `emergency`, the newest first, and one, marked as a drill, of what is said in a drill. They
 * are published where they are new. Errors: changedMeanwhile, alreadyExists, diskFull. Source: ADR 0015.
 */
export const keepAlerts = async (
  ports: Ports,
): Promise<Result<readonly Sha256[], CommitProblem>> => {
  const { store, clock } = ports;
  const { slug: site } = await knownSite(store);
  const nowMs = Math.floor(clock.wallMs());
  const lists = await alertLists(ports, site, nowMs);
  const hashes = lists.map(({ sha256 }) => sha256);
  const text = await store.note(NOTE);
  const known = new Set(text === undefined ? [] : z.array(sha256Schema).parse(JSON.parse(text)));
  if (text === JSON.stringify(hashes) || (text === undefined && hashes.length === 0)) {
    return ok(hashes);
  }
  const added = lists.filter(({ sha256 }) => !known.has(sha256));
  const done = await store.commit({
    changes: [
      ...added.map(
        (list) => ({ do: 'put', what: 'playlist', value: { ...list, createdMs: nowMs } }) as const,
      ),
      { do: 'put', what: 'note', value: { name: NOTE, text: JSON.stringify(hashes) } },
    ],
    guards: [{ kind: 'noteText', name: NOTE, text: text ?? null }],
    outbox: added.map((list) => documentMessage(ports, { site, ...list })),
  });
  return done.ok ? ok(hashes) : done;
};

const alertLists = async (
  { store }: Ports,
  site: string,
  nowMs: number,
): Promise<readonly NamedDocument[]> => {
  const urgent = (await store.bulletins())
    .filter(({ state, priority, expiresMs }) => {
      return state === 'released' && priority === 'emergency' && expiresMs > nowMs;
    })
    .map(({ id }) => id)
    .sort()
    .reverse()
    .slice(0, MAX_ALERTS - 1);
  const said = await drillBulletins(store, nowMs);
  const wanted = urgent.map((id) => ({ ids: [id], drill: false }));
  if (said.length > 0) wanted.push({ ids: [...said], drill: true });
  const lists: NamedDocument[] = [];
  for (const { ids, drill } of wanted) {
    const items = await itemsOf(store, ids);
    if (items.length === ids.length) lists.push(emergencyList(site, items, drill));
  }
  return lists;
};

const itemsOf = async (store: Ports['store'], ids: readonly string[]) => {
  const items: ReturnType<typeof bulletinToItem>[] = [];
  for (const id of ids) {
    const bulletin = await store.bulletinById(id);
    const clip = bulletin && (await store.clipBySha256(bulletin.clip));
    if (bulletin !== undefined && clip !== undefined) items.push(bulletinToItem(bulletin, clip));
  }
  return items;
};
