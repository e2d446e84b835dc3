import { expect, test } from 'vitest';
import { createAgentRig } from './support/agent-rig.ts';
import { BULLETIN, clipOf, idOf, playlistOf, sessionOf, slotOf } from './support/station.ts';

const TODAY = '2026-11-23';
const START_MS = Date.parse(`${TODAY}T17:05:00+07:00`);
const KEPT = idOf(77);

/** A speaker that has a session of two bulletins, and has heard that the first one is withdrawn. */
const hearOfWithdrawal = async () => {
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
  return { rig, boot, kept };
};

test('a withdrawal that was received is honoured without a network, and the rest of the session sounds', async () => {
  const { rig, boot } = await hearOfWithdrawal();
  expect((await boot.agent.health()).pointerRevision).toBe(2);
  rig.broker.setUp(false);
  await rig.clock.advanceToWall(START_MS + 300_000);
  rig.broker.setUp(true);
  await rig.clock.advance(60_000);
  expect(rig.recordsOf('refused').map(({ reason }) => reason)).toEqual(['withdrawn']);
  expect(rig.recordsOf('ended').map(({ slotOffsetMs }) => slotOffsetMs)).toEqual([60_000]);
});

test('a withdrawal that was received is honoured after a power cut without a network', async () => {
  const { rig, boot, kept } = await hearOfWithdrawal();
  rig.broker.setUp(false);
  boot.powerCut();
  const next = await rig.boot();
  await next.agent.setManualTime(rig.clock.wallMs());
  await rig.clock.advanceToWall(START_MS + 300_000);
  expect(next.player.sounded.map(({ path }) => path.includes(kept.sha256))).toEqual([true]);
  rig.broker.setUp(true);
  await rig.clock.advance(120_000);
  expect(rig.recordsOf('refused').map(({ reason }) => reason)).toEqual(['withdrawn']);
});

test('a bulletin that expired while the speaker was cut off from everybody does not sound any more, and a record says why', async () => {
  const rig = createAgentRig({ at: `${TODAY}T08:00:00+07:00` });
  const [over, kept] = [clipOf('over', 60_000), clipOf('kept', 60_000)];
  rig.addClips(over, kept);
  rig.station.limit();
  const [firstMs, secondMs] = [
    Date.parse(`${TODAY}T08:10:00+07:00`),
    Date.parse(`${TODAY}T08:40:00+07:00`),
  ];
  const sessionAt = (startMs: number) =>
    sessionOf(startMs, [], {
      slots: [
        slotOf(over, { expiresMs: Date.parse(`${TODAY}T08:30:00+07:00`) }),
        slotOf(kept, { offsetMs: 60_000, bulletin: KEPT }),
      ],
    });
  const plan = rig.station.plan(playlistOf(TODAY, [sessionAt(firstMs), sessionAt(secondMs)]));
  rig.station.point({ days: { [TODAY]: plan } });
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  rig.broker.setUp(false);
  await rig.clock.advanceToWall(secondMs + 300_000);
  const sounded = boot.player.sounded.map(({ path }) => path.includes(over.sha256));
  expect(sounded).toEqual([true, false, false]);
  rig.broker.setUp(true);
  await rig.clock.advance(120_000);
  expect(rig.recordsOf('refused').map(({ reason }) => reason)).toEqual(['expired']);
});
