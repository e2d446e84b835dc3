import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INSPECT_EVERY_MS } from '#player-agent/cache/clip-cache.ts';
import { createClipFiles } from '#player-agent/cache/clip-files.ts';
import { MIN_FREE_BYTES } from '#player-agent/cache/evict-clips.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { sha256 } from '#runtime/signing.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf, type TestClip } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const [first, second, third] = [clipOf('a', 9_000), clipOf('b', 9_000), clipOf('c', 9_000)];

const village = (): AgentRig => {
  const rig = createAgentRig({ at: `${DAY}T05:00:00+07:00` });
  rig.station.limit();
  rig.addClips(first, second, third);
  return rig;
};

/** From now on the plan needs exactly this clip. */
const need = async (rig: AgentRig, clip: TestClip) => {
  const plan = rig.station.plan(playlistOf(DAY, [sessionOf(START, [clip])]));
  rig.station.point({ days: { [DAY]: plan } });
  await rig.clock.settle();
};

const held = (rig: AgentRig) => readdirSync(join(rig.folder, 'clips')).sort();
const fileOf = (clip: TestClip) => `${clip.sha256}.clip`;

test('of the clips that nothing needs, the one that was needed longest ago goes first', async () => {
  const rig = village();
  const maxCacheBytes = first.bytes.length + third.bytes.length;
  const boot = await rig.boot({ maxCacheBytes });
  await need(rig, first);
  await need(rig, second);
  await need(rig, first);
  boot.powerCut();
  await rig.boot({ maxCacheBytes });
  await need(rig, third);
  expect(held(rig)).toEqual([fileOf(first), fileOf(third)].sort());
});

test('a disk that would become too full with a clip loses one that nothing needs before', async () => {
  const rig = village();
  const total = () => held(rig).reduce((sum, name) => sum + sizeOf(rig, name), 0);
  const freeAtFirst = MIN_FREE_BYTES + first.bytes.length + 100;
  const space = async () => ({ freeBytes: freeAtFirst - total(), totalBytes: 2 ** 40 });
  await rig.boot({ disk: { ...nodeDisk, space } });
  await need(rig, first);
  await need(rig, second);
  expect(held(rig)).toEqual([fileOf(second)]);
});

const sizeOf = (rig: AgentRig, name: string): number =>
  readFileSync(join(rig.folder, 'clips', name)).length;

test('a clip that goes bad on the disk hours before its session is fetched again in time', async () => {
  const rig = createAgentRig({ at: '2026-11-22T12:00:00+07:00' });
  rig.station.limit();
  rig.addClips(first);
  await rig.boot();
  await need(rig, first);
  const path = join(rig.folder, 'clips', fileOf(first));
  writeFileSync(path, Buffer.from(first.bytes).fill(7, 5, 6));
  await rig.clock.advance(2 * INSPECT_EVERY_MS);
  expect(readFileSync(path).equals(first.bytes)).toBe(true);
  expect(rig.recordsOf('refused')).toMatchObject([{ what: 'clip', reason: 'clipHash' }]);
  expect(rig.faults).toEqual([]);
});

test('a clip of which any one byte is another, or is missing, is never taken for whole', async () => {
  const folder = await temporaryFolder();
  const files = createClipFiles(nodeDisk, folder);
  const bytes = Buffer.from(first.bytes.subarray(0, 160));
  const clip = { sha256: sha256(bytes), bytes: bytes.length, durationMs: 1 };
  const path = files.pathOf(clip.sha256);
  writeFileSync(path, bytes);
  expect(await files.isWhole(clip)).toBe(true);
  for (let at = 0; at < bytes.length; at += 1) {
    const wrong = Buffer.from(bytes);
    wrong[at] = (wrong[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(path, wrong);
    expect(await files.isWhole(clip)).toBe(false);
    writeFileSync(path, bytes.subarray(0, at));
    expect(await files.isWhole(clip)).toBe(false);
  }
});
