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

test('a plan that is replaced while its session sounds repeats nothing, and its new end is played', async () => {
  const rig = createAgentRig({ at: '2026-11-23T05:20:00+07:00' });
  const first = clipOf('a', 60_000);
  const second = clipOf('b', 60_000);
  const third = clipOf('c', 60_000);
  rig.addClips(first, second, third);
  rig.station.limit();
  const before = playlistOf(DAY, [sessionOf(at('05:30:00'), [first, second])]);
  rig.station.point({ days: { [DAY]: rig.station.plan(before) } });
  const { player } = await rig.boot();
  await rig.clock.advanceToWall(at('05:31:20'));
  const after = playlistOf(DAY, [sessionOf(at('05:30:00'), [first, second, third])]);
  rig.station.point({ days: { [DAY]: rig.station.plan(after) } });
  await rig.clock.advanceToWall(at('05:40:00'));
  const clips = rig.recordsOf('ended').map(({ item, outcome }) => [item.clip, outcome]);
  expect(clips).toEqual([
    [first.sha256, 'whole'],
    [second.sha256, 'whole'],
    [third.sha256, 'whole'],
  ]);
  expect(player.sounded).toHaveLength(3);
  expect(rig.recordsOf('refused')).toEqual([]);
});

test('two days ahead everything is there beforehand, and health says up to which day', async () => {
  const rig = createAgentRig({ at: '2026-11-23T05:20:00+07:00' });
  const clip = clipOf('bulletin', 60_000);
  const later = clipOf('later', 60_000);
  rig.addClips(clip);
  rig.station.limit();
  const dayOf = (day: string, sound: typeof clip) =>
    rig.station.plan(playlistOf(day, [sessionOf(at('05:30:00', day), [sound])]));
  const days = {
    [DAY]: dayOf(DAY, clip),
    '2026-11-24': dayOf('2026-11-24', clip),
    '2026-11-25': dayOf('2026-11-25', later),
  };
  rig.station.point({ days });
  const { agent } = await rig.boot();
  expect((await agent.health()).cache).toEqual({
    neededClips: 2,
    presentClips: 1,
    completeThrough: '2026-11-24',
  });
});
