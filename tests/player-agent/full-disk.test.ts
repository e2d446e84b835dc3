import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { createCuttableDisk } from './support/cuttable-disk.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const NEXT_START = START + 1_800_000;
const clip = clipOf('bulletin', 30_000);
const late = clipOf('late', 20_000);

test('a disk that is full loses nothing that is there; what could not be kept comes once there is room', async () => {
  const rig = createAgentRig({ at: `${DAY}T05:00:00+07:00` });
  rig.station.limit();
  rig.addClips(clip, late);
  const first = sessionOf(START, [clip]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [first])) } });
  const boot = await rig.boot();
  boot.disk.setFull(true);
  const both = rig.station.plan(playlistOf(DAY, [first, sessionOf(NEXT_START, [late])]));
  rig.station.point({ days: { [DAY]: both } });
  await rig.clock.advanceToWall(START + 60_000);
  expect(boot.player.sounded).toHaveLength(1);
  expect((await boot.agent.health()).pointerRevision).toBe(1);
  expect(readdirSync(join(rig.folder, 'clips'))).toEqual([`${clip.sha256}.clip`]);
  boot.disk.setFull(false);
  await rig.clock.advanceToWall(NEXT_START + 60_000);
  expect(boot.player.sounded).toHaveLength(2);
  expect(rig.recordsOf('ended')).toMatchObject([
    { outcome: 'whole', item: { clip: clip.sha256 } },
    { outcome: 'whole', item: { clip: late.sha256 } },
  ]);
  expect(rig.faults).toEqual([]);
});

test('a disk that becomes full while a clip comes keeps no half clip, and the clip comes later', async () => {
  const rig = createAgentRig({ at: `${DAY}T05:00:00+07:00` });
  rig.station.limit();
  rig.addClips(clip);
  rig.station.point({
    days: { [DAY]: rig.station.plan(playlistOf(DAY, [sessionOf(START, [clip])])) },
  });
  const disk = createCuttableDisk(nodeDisk, () => 0);
  let tries = 0;
  const fetchUrl = async () => {
    tries += 1;
    const bytes = Buffer.from(clip.bytes);
    const parts = [bytes.subarray(0, 1_000), bytes.subarray(1_000)];
    return new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          const part = parts.shift();
          if (part === undefined) return controller.close();
          // The disk is full when the second half of the first try comes.
          if (parts.length === 0) disk.setFull(tries === 1);
          controller.enqueue(part);
        },
      }),
    );
  };
  await rig.boot({ disk, fetchUrl });
  expect(tries).toBe(1);
  expect(readdirSync(join(rig.folder, 'clips'))).toEqual([]);
  disk.setFull(false);
  await rig.clock.advanceToWall(START + 60_000);
  expect(rig.recordsOf('ended')).toMatchObject([{ outcome: 'whole' }]);
  expect(rig.faults).toEqual([]);
});
