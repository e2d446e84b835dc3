import { expect, test } from 'vitest';
import type { RefusedRecord } from '#schemas/records/log-record.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './support/agent-rig.ts';
import { clipOf, idOf, playlistOf, SPEAKER, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
const bulletin = clipOf('bulletin', 60_000);
const siren = clipOf('siren', 10_000);
const VILLAGE = idOf(0xa01);
const OTHER_VILLAGE = idOf(0xa02);
const HOUR = 3_600_000;
/** Between two repeats, in milliseconds. */
const PAUSE = 5_000;

interface Village {
  readonly rig: AgentRig;
  readonly boot: RigBoot;
  readonly alert: string;
}

const village = async (time: string, limits = {}): Promise<Village> => {
  const rig = createAgentRig({ at: `${DAY}T${time}+07:00` });
  rig.addClips(bulletin, siren);
  const alert = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  rig.station.limit({ units: [VILLAGE], alerts: [alert], ...limits });
  const day = playlistOf(DAY, [sessionOf(at('08:05:00'), [bulletin, bulletin, bulletin])]);
  rig.station.point({ days: { [DAY]: rig.station.plan(day) } });
  return { rig, boot: await rig.boot(), alert };
};

const lengths = ({ player }: RigBoot) => player.sounded.map(({ fromMs, toMs }) => toMs - fromMs);
const emergenciesRefused = (rig: AgentRig): readonly RefusedRecord[] =>
  rig.recordsOf('refused').filter(({ what }) => what === 'emergency');

test('an emergency sounds at once in quiet hours, as often as it says, as loud as the site allows', async () => {
  const { rig, boot, alert } = await village('03:15:00');
  await rig.clock.advance(60_000);
  const sentMs = boot.clock.positionMs();
  const { id } = rig.station.alarm({ units: [VILLAGE], speakers: [], playlist: alert });
  await rig.clock.advance(120_000);
  expect(boot.player.sounded.map(({ fromMs, toMs }) => [fromMs - sentMs, toMs - sentMs])).toEqual([
    [0, 10_000],
    [10_000 + PAUSE, 20_000 + PAUSE],
  ]);
  expect(boot.player.sounded.map(({ volume }) => volume)).toEqual([90, 90]);
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ outcome, drill, emergency }) => [outcome, drill, emergency])).toEqual([
    ['whole', false, id],
    ['whole', false, id],
  ]);
  expect(ended.every(({ item }) => item.priority === 'emergency')).toBe(true);
  expect(rig.recordsOf('refused')).toEqual([]);
  expect(rig.faults).toEqual([]);
});

test('no emergency is louder than the site allows, and the log says that more was asked for', async () => {
  const { rig, boot, alert } = await village('07:00:00');
  rig.station.alarm({ playlist: alert, repeats: 1, volume: 100 });
  await rig.clock.advance(30_000);
  expect(boot.player.sounded.map(({ volume }) => volume)).toEqual([90]);
  expect(rig.recordsOf('refused')).toMatchObject([{ reason: 'volumeCap' }]);
});

test('an emergency cuts off what sounds, which is joined where it would be afterwards', async () => {
  const { rig, boot, alert } = await village('08:00:00');
  await rig.clock.advanceToWall(at('08:05:20'));
  const { id } = rig.station.alarm({ playlist: alert });
  await rig.clock.advanceToWall(at('08:09:00'));
  expect(rig.recordsOf('ended').map((record) => [record.emergency, record.reason])).toEqual([
    [undefined, 'preempted'],
    [id, null],
    [id, null],
    [undefined, 'joinedLate'],
    [undefined, null],
    [undefined, null],
  ]);
  const last = boot.player.sounded.at(-1);
  expect((last?.toMs ?? 0) - boot.clock.positionMs()).toBe(at('08:08:00') - at('08:09:00'));
});

test('a session that was to begin meanwhile is joined when the emergency is over', async () => {
  const { rig, boot, alert } = await village('08:00:00');
  await rig.clock.advanceToWall(at('08:04:55'));
  rig.station.alarm({ playlist: alert });
  await rig.clock.advanceToWall(at('08:09:00'));
  expect(lengths(boot).slice(0, 2)).toEqual([10_000, 10_000]);
  expect(lengths(boot).slice(2)).toEqual([38_500, 60_000, 60_000]);
});

test('an emergency sounds although the player was given up, and nothing else does', async () => {
  const { rig, boot, alert } = await village('08:04:00');
  boot.player.failPrepare('unlessUrgent');
  await rig.clock.advanceToWall(at('08:05:30'));
  expect(lengths(boot)).toEqual([]);
  rig.station.alarm({ playlist: alert });
  await rig.clock.advance(40_000);
  expect(lengths(boot)).toEqual([10_000, 10_000]);
});

test('whoever presses stop does not silence an emergency', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  rig.station.alarm({ playlist: alert });
  await rig.clock.advance(3_000);
  const stop = { kind: 'stop', id: idOf(1), expiresMs: rig.clock.wallMs() + HOUR } as const;
  rig.station.point({ orders: [stop], revision: 9 });
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([10_000, 10_000]);
});

test('a cancelled emergency falls silent, and stays silent when it comes again', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  const alarm = rig.station.alarm({ playlist: alert });
  await rig.clock.advance(3_000);
  rig.station.alarm({ cancels: alarm.id });
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([3_000]);
  expect(rig.recordsOf('ended')).toMatchObject([{ reason: 'stopped', emergency: alarm.id }]);
  rig.station.alarm(alarm);
  rig.station.alarm(alarm);
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([3_000]);
  expect(emergenciesRefused(rig)).toMatchObject([{ reason: 'withdrawn', emergency: alarm.id }]);
});

test('a cancel that comes before its emergency keeps it silent', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  rig.station.alarm({ cancels: idOf(0xfff) });
  rig.station.alarm({ id: idOf(0xfff), playlist: alert });
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([]);
  expect(emergenciesRefused(rig)).toMatchObject([{ reason: 'withdrawn', emergency: idOf(0xfff) }]);
});

test('an emergency that was obeyed is not obeyed again when it is played back, also after a restart', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  const alarm = rig.station.alarm({ playlist: alert });
  await rig.clock.advance(60_000);
  boot.powerCut();
  const next = await rig.boot();
  rig.station.alarm(alarm);
  await rig.clock.advance(60_000);
  expect(lengths(next)).toEqual([]);
  expect(emergenciesRefused(rig)).toMatchObject([{ reason: 'oldRevision', emergency: alarm.id }]);
});

test('two contents under one id cannot both be right: the first one holds', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  const alarm = rig.station.alarm({ playlist: alert });
  rig.station.alarm({ ...alarm, repeats: 50 });
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([10_000, 10_000]);
  expect(emergenciesRefused(rig)).toMatchObject([{ reason: 'oldRevision', emergency: alarm.id }]);
});

test.each([
  {
    why: 'one that has expired',
    reason: 'expired',
    send: ({ rig, alert }: Village) =>
      rig.station.alarm({ playlist: alert, expiresMs: rig.clock.wallMs() - 1 }),
  },
  {
    why: 'one that is meant for another village',
    reason: 'wrongSpeaker',
    send: ({ rig, alert }: Village) =>
      rig.station.alarm({ playlist: alert, speakers: [], units: [OTHER_VILLAGE] }),
  },
  {
    why: 'one of another site',
    reason: 'wrongSpeaker',
    send: ({ rig, alert }: Village) => rig.station.alarm({ playlist: alert, site: 'elsewhere' }),
  },
  {
    why: 'one that another key has signed',
    reason: 'badSignature',
    send: ({ rig, alert }: Village) => rig.station.alarm({ playlist: alert }, newSigner()),
  },
  {
    why: 'one that the speaker has signed itself',
    reason: 'badSignature',
    send: ({ rig, alert }: Village) => rig.station.alarm({ playlist: alert }, rig.station.speaker),
  },
])('$why stays silent, and the log says why, once', async ({ send, reason }) => {
  const scene = await village('10:00:00');
  send(scene);
  await scene.rig.clock.advance(60_000);
  scene.boot.powerCut();
  const next = await scene.rig.boot();
  await scene.rig.clock.advance(60_000);
  expect([...lengths(scene.boot), ...lengths(next)]).toEqual([]);
  const refused = emergenciesRefused(scene.rig);
  expect(refused[0]).toMatchObject({ reason });
  // What nobody has signed is not remembered: it is told once in each run.
  expect(refused).toHaveLength(reason === 'badSignature' ? 2 : 1);
});

test('an emergency whose clip never came is refused for that when it expires', async () => {
  const { rig, boot } = await village('10:00:00');
  const unknown = rig.station.plan(playlistOf(null, [sessionOf(null, [clipOf('lost', 9_000)])]));
  const expiresMs = rig.clock.wallMs() + 120_000;
  const { id } = rig.station.alarm({ playlist: unknown, expiresMs });
  await rig.clock.advance(200_000);
  expect(lengths(boot)).toEqual([]);
  expect(emergenciesRefused(rig)).toMatchObject([{ reason: 'clipMissing', emergency: id }]);
});

test('an emergency whose clip is not at hand is fetched and sounds then', async () => {
  const { rig, boot } = await village('03:15:00', { alerts: [] });
  const list = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  rig.station.alarm({ playlist: list });
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([10_000, 10_000]);
});

test('alerts and their clips are at hand before any emergency', async () => {
  const { rig } = await village('10:00:00');
  expect(rig.requests.map(({ sha256 }) => sha256)).toContain(siren.sha256);
});

test('a repeat that a power cut broke off goes on, one that was done does not', async () => {
  const { rig, boot, alert } = await village('03:15:00');
  rig.station.alarm({ playlist: alert, repeats: 3 });
  await rig.clock.advance(10_000 + PAUSE + 4_000);
  boot.powerCut();
  rig.broker.setUp(false);
  const next = await rig.boot();
  await next.agent.setManualTime(rig.clock.wallMs());
  await rig.clock.advance(120_000);
  expect(lengths(boot)).toEqual([10_000, 4_000]);
  expect(lengths(next)).toEqual([10_000, 10_000]);
});

test('a repeat that was done when the power went is not repeated, although only the log knows', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  rig.station.alarm({ playlist: alert, repeats: 2 });
  await rig.clock.advance(10_000);
  boot.powerCut();
  const next = await rig.boot();
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([10_000]);
  expect(lengths(next)).toEqual([10_000]);
});

test('after days without power an emergency that has expired does not go on', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  rig.station.alarm({ playlist: alert, repeats: 5 });
  await rig.clock.advance(4_000);
  boot.powerCut();
  await rig.clock.advance(2 * HOUR);
  const next = await rig.boot();
  await rig.clock.advance(60_000);
  expect(lengths(next)).toEqual([]);
});

test('a drill is a drill in the log, and a real emergency goes before it', async () => {
  const { rig, boot, alert } = await village('10:00:00');
  const drill = rig.station.alarm({ playlist: alert, drill: true, repeats: 1 });
  await rig.clock.advance(2_000);
  expect((await boot.agent.health()).playing).toMatchObject({ drill: true });
  const real = rig.station.alarm({ playlist: alert, repeats: 1 });
  await rig.clock.advance(60_000);
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ emergency, outcome, ...rest }) => [emergency, rest.drill, outcome])).toEqual([
    [drill.id, true, 'part'],
    [real.id, false, 'whole'],
    [drill.id, true, 'whole'],
  ]);
});

test('while nothing vouches for the time an emergency waits, is told in the log, and sounds then', async () => {
  const rig = createAgentRig({ at: `${DAY}T03:15:00+07:00` });
  rig.addClips(siren);
  rig.station.answersTime(false);
  rig.station.limit();
  const alert = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  const boot = await rig.boot();
  const { id } = rig.station.alarm({ playlist: alert, repeats: 1 });
  await rig.clock.advance(200_000);
  expect(lengths(boot)).toEqual([]);
  expect(emergenciesRefused(rig)).toMatchObject([{ reason: 'clockUntrusted', emergency: id }]);
  rig.station.answersTime(true);
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([10_000]);
});

test('an emergency reaches a speaker that was never pointed to a plan', async () => {
  const rig = createAgentRig({ at: `${DAY}T03:15:00+07:00` });
  rig.addClips(siren);
  rig.station.limit();
  const alert = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  const boot = await rig.boot();
  rig.station.alarm({ playlist: alert, repeats: 1, speakers: [SPEAKER] });
  await rig.clock.advance(60_000);
  expect(lengths(boot)).toEqual([10_000]);
});
