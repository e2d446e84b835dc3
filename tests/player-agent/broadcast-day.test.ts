import { expect, test } from 'vitest';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string, day = DAY) => Date.parse(`${day}T${time}+07:00`);

test('a planned session sounds at its second, whole, and is recorded as it sounded', async () => {
  const rig = createAgentRig({ at: '2026-11-23T05:20:00+07:00' });
  const [ident, bulletin] = [clipOf('ident', 8_000), clipOf('bulletin', 600_000)];
  rig.addClips(ident, bulletin);
  const session = sessionOf(at('05:30:00'), [ident, bulletin, ident]);
  rig.station.limit();
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  const { player, clock } = await rig.boot();
  await rig.clock.advanceToWall(at('05:50:00'));
  expect(rig.faults).toEqual([]);
  const origin = clock.positionMs() - at('05:50:00');
  expect(player.sounded.map(({ fromMs, toMs }) => [fromMs - origin, toMs - fromMs])).toEqual([
    [at('05:30:00'), 8_000],
    [at('05:30:08'), 600_000],
    [at('05:40:08'), 8_000],
  ]);
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ outcome, reason, volume }) => [outcome, reason, volume])).toEqual([
    ['whole', null, 80],
    ['whole', null, 80],
    ['whole', null, 80],
  ]);
  expect(ended.map(({ audible }) => audible)).toEqual(
    player.sounded.map(({ fromMs, toMs }) => [{ fromMs, toMs }]),
  );
  expect(rig.station.records.map(({ kind }) => kind)).toContain('clock');
  expect(rig.station.records[0]).toMatchObject({ kind: 'boot', cause: 'first', seq: 1 });
});
