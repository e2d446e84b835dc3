import { expect } from 'vitest';
import type { LinkMessage } from '#player-agent/ports/link.ts';
import { createAgentRig } from './agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './station.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_MS = Date.parse('2026-11-23T08:05:00+07:00');
const ITEMS = 3;

/** What comes back first, an hour before the other. */
export type ComesBack = 'broker' | 'server' | 'both';

const dayOf = (index: number): string =>
  new Date(FIRST_MS + index * DAY_MS).toISOString().slice(0, 10);

/**
 * Broker and server are gone for so many days, and come back in this order: the speaker plays every
 * morning, and the server then has every record once, the oldest first. While it is gone, a broker
 * that is there keeps what was sent, as a lasting session does.
 */
export const outlastOutage = async (days: number, first: ComesBack): Promise<void> => {
  const rig = createAgentRig({ at: '2026-11-23T08:00:00+07:00' });
  const clip = clipOf('bulletin', 60_000);
  rig.addClips(clip);
  rig.station.limit();
  const planned = Array.from({ length: days + 1 }, (_, index) => {
    const session = sessionOf(FIRST_MS + index * DAY_MS, new Array(ITEMS).fill(clip));
    return [dayOf(index), rig.station.plan(playlistOf(dayOf(index), [session]))];
  });
  rig.station.point({ days: Object.fromEntries(planned) });
  const waiting: LinkMessage[] = [];
  let isServerUp = true;
  rig.broker.onSpeaker((message) => {
    if (isServerUp) rig.station.receive(message);
    else waiting.push(message);
  });
  const serverBack = async () => {
    isServerUp = true;
    for (const message of waiting.splice(0)) rig.station.receive(message);
    await rig.clock.settle();
  };
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  rig.broker.setUp(false);
  isServerUp = false;
  await rig.clock.advance(days * DAY_MS);
  if (first !== 'broker') await serverBack();
  if (first !== 'server') rig.broker.setUp(true);
  await rig.clock.advance(HOUR_MS);
  if (first === 'broker') await serverBack();
  if (first === 'server') rig.broker.setUp(true);
  await rig.clock.advance(HOUR_MS / 2);
  const { logSeq } = await boot.agent.health();
  expect(rig.station.records.map(({ seq }) => seq)).toEqual(
    Array.from({ length: logSeq }, (_, index) => index + 1),
  );
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ outcome }) => outcome)).toEqual(new Array(ITEMS * (days + 1)).fill('whole'));
  expect(boot.player.sounded).toHaveLength(ITEMS * (days + 1));
  expect(rig.faults).toEqual([]);
};
