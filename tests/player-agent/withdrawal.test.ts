import { expect, test } from 'vitest';
import { createAgentRig } from './support/agent-rig.ts';
import { BULLETIN, clipOf, idOf, playlistOf, sessionOf, slotOf } from './support/station.ts';

const TODAY = '2026-11-23';
const START_MS = Date.parse(`${TODAY}T17:05:00+07:00`);
const KEPT = idOf(77);

test('a withdrawal that was received is honoured without a network, and the rest of the session sounds', async () => {
  const rig = createAgentRig({ at: `${TODAY}T08:00:00+07:00` });
  const [gone, kept] = [clipOf('gone', 60_000), clipOf('kept', 60_000)];
  rig.addClips(gone, kept);
  rig.station.limit();
  const session = sessionOf(START_MS, [], {
    slots: [slotOf(gone), slotOf(kept, { offsetMs: 60_000, bulletin: KEPT })],
  });
  const days = { [TODAY]: rig.station.plan(playlistOf(TODAY, [session])) };
  rig.station.point({ days });
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  rig.station.point({ days, withdrawn: [BULLETIN] });
  await rig.clock.settle();
  expect((await boot.agent.health()).pointerRevision).toBe(2);
  rig.broker.setUp(false);
  await rig.clock.advanceToWall(START_MS + 300_000);
  rig.broker.setUp(true);
  await rig.clock.advance(60_000);
  expect(rig.recordsOf('refused').map(({ reason }) => reason)).toEqual(['withdrawn']);
  expect(rig.recordsOf('ended').map(({ slotOffsetMs }) => slotOffsetMs)).toEqual([60_000]);
});
