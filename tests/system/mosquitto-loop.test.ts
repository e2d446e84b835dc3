import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '#tests/support/eventually.ts';
import {
  loggedBroadcasts,
  plannedSlots,
  readLog,
  verdictOf,
  verifyExport,
} from '#tests/support/evidence.ts';
import { clipOfPath } from '#tests/support/fake-village.ts';
import { at, DAY, setMosquittoScene } from './support/mosquitto-scene.ts';

const TIMEOUT_MS = 180_000;
const DEADLINE_MS = 60_000;
/** A session that begins so late is on time. */
const MOST_ERROR_MS = 2_000;

test(
  'with Mosquitto as deployed a day is planned, played, recorded and judged as with the broker inside',
  async () => {
    const scene = await setMosquittoScene();
    const { clock, commune, village } = scene;
    const { operator, speaker } = commune;
    const rule = await scene.rule();
    await village.start();
    const planned = await eventually(
      () => plannedSlots(operator, speaker, DAY),
      ({ length }) => length > 0,
      DEADLINE_MS,
    );
    await eventually(
      village.health,
      ({ cache, clock: { source } }) => source === 'server' && cache.presentClips === 2,
      DEADLINE_MS,
    );

    await clock.advanceToWall(at(DAY, '05:40'));
    const sounded = village.sounded();
    await clock.advanceToWall(at(DAY, '24:00') + 60_000);
    const { logSeq } = await village.health();
    const log = await eventually(
      () => readLog(operator, speaker),
      ({ records }) => records.length === logSeq,
      DEADLINE_MS,
    );
    expect(log.findings).toEqual([]);

    // Time stands still for the agent but not for a broker that is another program: on a busy machine
    // an answer about the time comes some steps later, and the speaker is wrong by what it says.
    const [first] = loggedBroadcasts(log.records.map(({ record }) => record));
    const errorMs = (sounded[0]?.startMs ?? Number.NaN) - (planned[0]?.atMs ?? Number.NaN);
    expect(Math.abs(errorMs)).toBeLessThanOrEqual(
      Math.min(first?.uncertaintyMs ?? 0, MOST_ERROR_MS),
    );
    expect(
      sounded.map(({ path, startMs, endMs }) => [
        clipOfPath(path),
        startMs - errorMs,
        endMs - errorMs,
      ]),
    ).toEqual(planned.map(({ clip, atMs, durationMs }) => [clip, atMs, atMs + durationMs]));

    const path = join(scene.place.folder, 'log.ndjson');
    const { publicKey } = log;
    expect(await verifyExport(operator, { speaker, path, publicKey })).toBe(logSeq);
    const soundedMs = planned.reduce((sum, { durationMs }) => sum + durationMs, 0);
    expect(await verdictOf(operator, { rule, speaker, day: DAY })).toMatchObject({
      verdict: 'met',
      has: 1,
      sessions: [{ session: planned[0]?.session, timing: 'onTime', airtimeMs: soundedMs }],
    });
    expect(village.faults).toEqual([]);
  },
  TIMEOUT_MS,
);
