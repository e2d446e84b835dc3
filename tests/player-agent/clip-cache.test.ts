import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { turn } from '#tests/support/fake-clock.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const clip = clipOf('bulletin', 30_000);
const other = clipOf('another', 20_000);

const village = (): AgentRig => {
  const rig = createAgentRig({ at: `${DAY}T05:00:00+07:00` });
  rig.station.limit();
  const session = sessionOf(START, [clip]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  return rig;
};

const clipPath = (rig: AgentRig) => join(rig.folder, 'clips', `${clip.sha256}.clip`);
const filesOf = (rig: AgentRig) => readdirSync(join(rig.folder, 'clips'));

test('a clip whose bytes are wrong is refused, kept nowhere, and fetched again', async () => {
  const rig = village();
  rig.clips.set(clip.sha256, Buffer.from(clip.bytes).fill(7));
  await rig.boot();
  expect(filesOf(rig)).toEqual([]);
  expect(rig.recordsOf('refused')).toMatchObject([
    { what: 'clip', reason: 'clipHash', clip: clip.sha256 },
  ]);
  rig.addClips(clip);
  await rig.clock.advance(10_000);
  expect(filesOf(rig)).toEqual([`${clip.sha256}.clip`]);
  await rig.clock.advanceToWall(START + 31_000);
  expect(rig.recordsOf('ended')).toMatchObject([{ outcome: 'whole' }]);
});

test('a clip that lies corrupted on disk is noticed before it sounds, and fetched again', async () => {
  const rig = village();
  rig.addClips(clip);
  const boot = await rig.boot();
  writeFileSync(clipPath(rig), Buffer.from(clip.bytes).fill(9, 10, 11));
  await rig.clock.advanceToWall(START + 31_000);
  expect(rig.recordsOf('refused')).toMatchObject([{ what: 'clip', reason: 'clipHash' }]);
  expect(readFileSync(clipPath(rig)).equals(clip.bytes)).toBe(true);
  expect(boot.player.sounded).toHaveLength(1);
  expect(rig.faults).toEqual([]);
});

test('a clip of which only a part came goes on where it stopped', async () => {
  const rig = village();
  const half = Math.floor(clip.bytes.length / 2);
  const asked: (string | null)[] = [];
  let breaks = true;
  const fetchUrl = async (_: string, init: { headers: Readonly<Record<string, string>> }) => {
    const range = init.headers.range ?? null;
    asked.push(range);
    if (breaks) return new Response(Buffer.from(clip.bytes.subarray(0, half)));
    const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    return new Response(Buffer.from(clip.bytes.subarray(from)), { status: 206 });
  };
  await rig.boot({ fetchUrl });
  expect(filesOf(rig)).toEqual([`${clip.sha256}.part`]);
  breaks = false;
  await rig.clock.advance(5_000);
  expect(asked).toEqual([null, `bytes=${half}-`]);
  expect(readFileSync(clipPath(rig)).equals(clip.bytes)).toBe(true);
});

test('an answer that begins anew instead of going on is not glued to what was there', async () => {
  const rig = village();
  const half = Math.floor(clip.bytes.length / 2);
  let length = half;
  const fetchUrl = async () => new Response(Buffer.from(clip.bytes.subarray(0, length)));
  await rig.boot({ fetchUrl });
  length = clip.bytes.length;
  await rig.clock.advance(20_000);
  expect(readFileSync(clipPath(rig)).equals(clip.bytes)).toBe(true);
});

test('a server that does not answer is asked again, less and less often', async () => {
  const rig = village();
  let asked = 0;
  const fetchUrl = async () => {
    asked += 1;
    throw new TypeError('fetch failed');
  };
  await rig.boot({ fetchUrl });
  await rig.clock.advance(60_000);
  const inTheFirstMinute = asked;
  await rig.clock.advance(600_000);
  expect(inTheFirstMinute).toBeGreaterThan(3);
  expect(inTheFirstMinute).toBeLessThan(10);
  expect(asked - inTheFirstMinute).toBeLessThan(6);
});

test('a clip that no playlist needs goes when room is short, and a needed one stays', async () => {
  const rig = village();
  rig.addClips(clip, other);
  const tomorrow = '2026-11-24';
  const both = rig.station.plan(playlistOf(tomorrow, [sessionOf(START + 86_400_000, [other])]));
  const today = rig.station.plan(playlistOf(DAY, [sessionOf(START, [clip])]));
  rig.station.point({ days: { [DAY]: today, [tomorrow]: both } });
  await rig.boot({ maxCacheBytes: 10 });
  expect(filesOf(rig)).toHaveLength(2);
  rig.station.point({ days: { [DAY]: today } });
  await rig.clock.settle();
  expect(filesOf(rig)).toEqual([`${clip.sha256}.clip`]);
});

test('a clip that is cut short on disk is fetched again at the next start', async () => {
  const rig = village();
  rig.addClips(clip);
  const first = await rig.boot();
  first.powerCut();
  truncateSync(clipPath(rig), 5);
  await rig.boot();
  expect(readFileSync(clipPath(rig)).equals(clip.bytes)).toBe(true);
});

test('a session whose clip is missing is refused, with its item named', async () => {
  const rig = village();
  const boot = await rig.boot();
  await rig.clock.advanceToWall(START + 60_000);
  expect(boot.player.sounded).toHaveLength(0);
  expect(rig.recordsOf('refused')).toMatchObject([
    { what: 'item', reason: 'clipMissing', clip: clip.sha256 },
  ]);
});

test('a clip that is not needed any more while it is being fetched does no harm', async () => {
  const rig = village();
  let finish: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(clip.bytes.subarray(0, 10));
      finish = () => {
        controller.enqueue(clip.bytes.subarray(10));
        controller.close();
      };
    },
  });
  let isAsked = false;
  const fetchUrl = async () => {
    isAsked = true;
    return new Response(body);
  };
  const booting = rig.boot({ fetchUrl });
  while (!isAsked) await turn();
  rig.station.point({});
  const plans = join(rig.folder, 'plans');
  while (readdirSync(plans).length > 0) await turn();
  // Taking parts away comes after taking documents away; it would have happened by then.
  for (let turns = 0; turns < 20_000 && filesOf(rig).length > 0; turns += 1) await turn();
  finish();
  await booting;
  expect(rig.faults).toEqual([]);
});

test.each([
  { why: 'one tries when it has to', byte: 0, tries: [0, 1, 3, 7, 15, 31] },
  { why: 'another one earlier', byte: 128, tries: [0, 0.75, 2.25, 5.25, 11.25, 23.25] },
])('speakers that wait for one clip do not ask for it together: $why', async ({ byte, tries }) => {
  const rig = village();
  await rig.boot({ entropy: { bytes: (count) => new Uint8Array(count).fill(byte) } });
  const seen: number[] = [];
  for (const [index, atS] of tries.entries()) {
    await rig.clock.advance((atS - (tries[index - 1] ?? 0)) * 1_000);
    seen.push(rig.requests.length);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
});
