import { expect, test } from 'vitest';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const siren = clipOf('siren', 10_000);
const DAY_MS = 86_400_000;

test('after fourteen days without a network an emergency does not wait for the log to be delivered', async () => {
  const rig = createAgentRig({ at: `${DAY}T10:00:00+07:00` });
  rig.addClips(siren);
  const alert = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  rig.station.limit({ alerts: [alert] });
  rig.station.point({});
  const boot = await rig.boot();
  rig.broker.setUp(false);
  await rig.clock.advance(14 * DAY_MS);
  const waiting = rig.station.head().seq;
  rig.station.acknowledges(false);
  rig.station.alarm({ playlist: alert, repeats: 1 });
  const backMs = boot.clock.positionMs();
  rig.broker.setUp(true);
  await rig.clock.advance(1_000);
  expect(boot.player.sounded.at(-1)?.fromMs).toBe(backMs);
  rig.station.acknowledges(true);
  await rig.clock.advance(60_000);
  expect(rig.station.head().seq).toBeGreaterThan(waiting + 3);
  expect(rig.recordsOf('ended').at(-1)).toMatchObject({ outcome: 'whole' });
  expect(rig.station.records.map(({ seq }) => seq)).toEqual(
    Array.from({ length: rig.station.head().seq }, (_, index) => index + 1),
  );
});
