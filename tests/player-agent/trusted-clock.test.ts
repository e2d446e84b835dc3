import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SITE } from '#tests/support/brokers.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, SPEAKER, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T08:05:00+07:00`);
const clip = clipOf('bulletin', 60_000);
const siren = clipOf('siren', 10_000);
const MINUTE = 60_000;

const village = (at = `${DAY}T08:00:00+07:00`): AgentRig => {
  const rig = createAgentRig({ at });
  rig.addClips(clip);
  rig.station.limit();
  const session = sessionOf(START, [clip, clip, clip, clip]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  return rig;
};

test('a box whose time nobody vouches for stays silent, says so, and joins once it is trusted', async () => {
  const rig = village();
  rig.station.answersTime(false);
  const boot = await rig.boot();
  await rig.clock.advance(6 * MINUTE);
  expect(boot.player.sounded).toEqual([]);
  expect((await boot.agent.health()).clock).toEqual({
    source: 'none',
    wallMs: null,
    uncertaintyMs: null,
  });
  expect(rig.recordsOf('refused')).toMatchObject([{ reason: 'clockUntrusted', what: 'session' }]);
  rig.station.answersTime(true);
  await rig.clock.advance(5 * MINUTE);
  expect(rig.recordsOf('ended').map(({ slotOffsetMs, reason }) => [slotOffsetMs, reason])).toEqual([
    [60_000, 'joinedLate'],
    [120_000, null],
    [180_000, null],
  ]);
  expect(rig.recordsOf('clock')).toHaveLength(1);
});

test('the wall clock of the system is never believed: a jump neither repeats nor skips', async () => {
  const rig = village();
  const boot = await rig.boot();
  await rig.clock.advance(6 * MINUTE);
  rig.station.answersTime(false);
  rig.clock.jumpWall(-3_600_000);
  await rig.clock.advance(6 * MINUTE);
  expect(boot.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual(
    new Array(4).fill(60_000),
  );
  expect(rig.recordsOf('ended').map(({ outcome }) => outcome)).toEqual(new Array(4).fill('whole'));
});

test.each([
  { why: 'signed by somebody else', signer: newSigner(), nonce: undefined },
  { why: 'for a question that was never asked', signer: undefined, nonce: '0'.repeat(32) },
])('an answer about the time is worth nothing when it is $why', async ({ signer, nonce }) => {
  const rig = village();
  rig.station.answersTime(false);
  const boot = await rig.boot();
  const asked = rig.broker.written
    .filter(({ topic }) => topic.endsWith('/time/question'))
    .map(({ payload }) => JSON.parse(Buffer.from(payload).toString('utf8')).nonce as string);
  const answer = { v: 1, site: SITE, speaker: SPEAKER, nonce: nonce ?? asked[0], serverMs: START };
  rig.station.send('timeAnswer', answer, signer === undefined ? {} : { signer });
  await rig.clock.settle();
  expect((await boot.agent.health()).clock.source).toBe('none');
});

test('the uncertainty grows by 100 ppm while no answer comes', async () => {
  const rig = village();
  const boot = await rig.boot();
  const { uncertaintyMs } = (await boot.agent.health()).clock;
  rig.broker.setUp(false);
  await rig.clock.advance(24 * 60 * MINUTE);
  const grown = (await boot.agent.health()).clock.uncertaintyMs ?? 0;
  expect(grown - (uncertaintyMs ?? 0)).toBe(8_640);
});

test('an anchor that moves the time is told to the log, one that confirms it is not', async () => {
  const rig = village();
  await rig.boot();
  await rig.clock.advance(60 * MINUTE);
  expect(rig.recordsOf('clock')).toHaveLength(1);
  rig.clock.jumpWall(90_000);
  await rig.clock.advance(60 * MINUTE);
  expect(rig.recordsOf('clock')).toHaveLength(2);
});

test('a technician may set the time once, every record says so, and a server corrects it', async () => {
  const rig = village();
  rig.station.answersTime(false);
  const path = join(rig.folder, 'manual-time.json');
  writeFileSync(path, JSON.stringify({ time: new Date(rig.clock.wallMs() + 5_000).toISOString() }));
  await rig.boot();
  await rig.clock.advance(10 * MINUTE);
  expect(existsSync(path)).toBe(false);
  expect(rig.recordsOf('ended').map(({ clock }) => clock.source)).toEqual(
    new Array(4).fill('manual'),
  );
  rig.station.answersTime(true);
  await rig.clock.advance(MINUTE);
  expect(rig.recordsOf('clock').map(({ anchor }) => anchor.source)).toEqual(['manual', 'server']);
});

test('a heartbeat comes every hour and right after midnight, and names the open session', async () => {
  const rig = createAgentRig({ at: '2026-11-22T22:30:00+07:00' });
  const long = clipOf('long', 3_600_000);
  rig.addClips(long);
  rig.station.limit({ quietHours: [] });
  const start = Date.parse('2026-11-22T23:40:00+07:00');
  const hash = rig.station.plan(playlistOf('2026-11-22', [sessionOf(start, [long])]));
  rig.station.point({ days: { '2026-11-22': hash } });
  await rig.boot();
  await rig.clock.advance(151 * MINUTE);
  const beats = rig.recordsOf('heartbeat').map(({ posMs, clock, openSession }) => ({
    wall: new Date(posMs + (clock.offsetMs ?? 0) + 7 * 3_600_000).toISOString().slice(11, 19),
    openSession,
  }));
  expect(beats).toEqual([
    { wall: '23:30:00', openSession: null },
    { wall: '00:00:00', openSession: `p-${start}` },
    { wall: '01:00:00', openSession: null },
  ]);
});

test('a heartbeat during an emergency names the session that goes on after it', async () => {
  const rig = village(`${DAY}T07:06:00+07:00`);
  rig.addClips(siren);
  const alert = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  rig.station.limit({ alerts: [alert] });
  await rig.boot();
  await rig.clock.advanceToWall(START + MINUTE - 5_000);
  rig.station.alarm({ playlist: alert });
  await rig.clock.advanceToWall(START + MINUTE + 2_000);
  expect(rig.recordsOf('ended').at(-1)).toMatchObject({ reason: 'preempted' });
  expect(rig.recordsOf('heartbeat').at(-1)).toMatchObject({ openSession: `p-${START}` });
});
