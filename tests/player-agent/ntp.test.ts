import { expect, test } from 'vitest';
import { chronyToUncertaintyMs, timedateToUncertaintyMs } from '#player-agent/clock/ntp-words.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START_MS = Date.parse(`${DAY}T08:05:00+07:00`);
const clip = clipOf('bulletin', MINUTE_MS);

const village = (): AgentRig => {
  const rig = createAgentRig({ at: `${DAY}T08:00:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  const plan = rig.station.plan(playlistOf(DAY, [sessionOf(START_MS, [clip, clip])]));
  rig.station.point({ days: { [DAY]: plan } });
  return rig;
};

/** A system that vouches for its clock to so many milliseconds, or not. */
const systemOf = (state: { uncertaintyMs: number | null }) => ({
  uncertaintyMs: async () => state.uncertaintyMs,
});

test('where no server answers, the network’s time lets the session sound, and its records say so', async () => {
  const rig = village();
  rig.station.answersTime(false);
  await rig.boot({ systemTime: systemOf({ uncertaintyMs: 20 }) });
  await rig.clock.advance(10 * MINUTE_MS);
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ outcome, clock }) => [outcome, clock.source])).toEqual([
    ['whole', 'ntp'],
    ['whole', 'ntp'],
  ]);
  expect(ended[0]?.clock.uncertaintyMs).toBeGreaterThanOrEqual(20);
  expect(ended[0]?.clock.offsetMs).not.toBeNull();
});

test('a system that does not vouch for its clock is not believed', async () => {
  const rig = village();
  rig.station.answersTime(false);
  const boot = await rig.boot({ systemTime: systemOf({ uncertaintyMs: null }) });
  await rig.clock.advance(10 * MINUTE_MS);
  expect((await boot.agent.health()).clock.source).toBe('none');
});

test('a clock that was set between two looks is not believed until it goes steadily', async () => {
  const rig = village();
  rig.station.answersTime(false);
  const boot = await rig.boot({ systemTime: systemOf({ uncertaintyMs: 20 }) });
  await rig.clock.advance(10_000);
  rig.clock.jumpWall(3 * HOUR_MS);
  await rig.clock.advance(25_000);
  expect((await boot.agent.health()).clock.source).toBe('none');
  await rig.clock.advance(31_000);
  expect((await boot.agent.health()).clock.source).toBe('ntp');
});

test('the network’s time never contradicts a server’s signed answer, and bounds what has grown since', async () => {
  const rig = village();
  const system = { uncertaintyMs: 20 };
  const boot = await rig.boot({ systemTime: systemOf(system) });
  await rig.clock.advance(MINUTE_MS);
  rig.broker.setUp(false);
  rig.clock.jumpWall(HOUR_MS);
  await rig.clock.advance(24 * HOUR_MS);
  const held = (await boot.agent.health()).clock;
  expect(Math.abs((held.wallMs ?? 0) + HOUR_MS - rig.clock.wallMs())).toBeLessThan(1_000);
  rig.clock.jumpWall(-HOUR_MS);
  await rig.clock.advance(HOUR_MS);
  const bounded = (await boot.agent.health()).clock;
  expect(bounded.source).toBe('ntp');
  expect(bounded.uncertaintyMs).toBeLessThan(200);
});

test.each([
  {
    why: 'offset, dispersion and half the delay',
    output:
      'A29FC87B,10.0.0.1,4,1732300000.1,0.000100,0.0,0.0,-9.2,0.0,0.1,0.040000,0.002000,64.4,Normal',
    ms: 23,
  },
  {
    why: 'an offset to the other side counts as much',
    output: 'A29FC87B,10.0.0.1,4,1732300000.1,-0.500,0.0,0.0,-9.2,0.0,0.1,0.04,0.002,64.4,Normal\n',
    ms: 522,
  },
  {
    why: 'chrony follows nobody',
    output: '00000000,,0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,1.0,0.0,Not synchronised',
    ms: null,
  },
  { why: 'a field is missing', output: 'A29FC87B,10.0.0.1,4,,,,,,,,,,,Normal', ms: null },
  { why: 'another program speaks', output: '506 Cannot talk to daemon', ms: null },
  { why: 'nothing is printed', output: '', ms: null },
])('what chrony prints is read: $why', ({ output, ms }) => {
  expect(chronyToUncertaintyMs(output)).toBe(ms);
});

test.each([
  { output: 'NTPSynchronized=yes\n', ms: 16_000 },
  { output: 'NTPSynchronized=no\n', ms: null },
  { output: 'Failed to connect to bus', ms: null },
])('systemd’s word "$output" is worth $ms ms', ({ output, ms }) => {
  expect(timedateToUncertaintyMs(output)).toBe(ms);
});
