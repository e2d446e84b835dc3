import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { askStatusPage, type BoxDeed } from '#player-agent/status-page/ask-status-page.ts';
import { openStatusDesk } from '#player-agent/status-page/status-desk.ts';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './support/agent-rig.ts';
import { clipOf, playlistOf, SPEAKER, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START_MS = Date.parse(`${DAY}T08:05:00+07:00`);
const ANY_PORT = 0;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A request as it is, with the host that it names. */
const ask = (
  port: number,
  options: {
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const asking = request({ host: '127.0.0.1', port, ...rest }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });

const open = async (
  prepare: (rig: AgentRig) => void = () => undefined,
): Promise<{ rig: AgentRig; boot: RigBoot; port: number }> => {
  const rig = createAgentRig({ at: `${DAY}T08:00:00+07:00` });
  const clip = clipOf('bulletin', 60_000);
  rig.addClips(clip);
  rig.station.limit();
  const plan = playlistOf(DAY, [sessionOf(START_MS, [clip])]);
  rig.station.point({ days: { [DAY]: rig.station.plan(plan) } });
  prepare(rig);
  const boot = await rig.boot();
  await rig.clock.advance(120_000);
  const logger = createLogger('agent', 'silent');
  const page = await openStatusDesk({
    ...{ agent: boot.agent, port: ANY_PORT, entropy: systemEntropy, logger },
  });
  if (page === null) throw new Error('no page');
  onTestFinished(page.close);
  return { rig, boot, port: page.port };
};

const tokenIn = (body: string): string => /name="token" value="([0-9a-f]+)"/.exec(body)?.[1] ?? '';

test('the page tells in both languages who the speaker is, its clock, its next session and that its log holds', async () => {
  const { port } = await open();
  const { status, body, headers } = await ask(port);
  expect(status).toBe(200);
  for (const part of [
    SPEAKER,
    'Đang nối',
    'Connected',
    '08:05:00',
    '08:02:00',
    '80 %',
    'nối liền nhau',
  ]) {
    expect(body).toContain(part);
  }
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(body).not.toContain('<script');
});

test.each(['evil.example', 'localhost:1', '192.168.1.7:7380'])(
  'a request under the host "%s" is not answered',
  async (host) => {
    const { port } = await open();
    const { status, body } = await ask(port, { headers: { host } });
    expect([status, body]).toEqual([421, '']);
  },
);

const post = (port: number, token: string, change: { time?: string; origin?: string } = {}) => {
  const { time = '2026-11-23T09:30', origin = `http://127.0.0.1:${port}` } = change;
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ token, time }).toString();
  return ask(port, { method: 'POST', path: '/time', headers, body });
};

test('where no server answers, a technician sets the time, in the zone of the site', async () => {
  const { port, boot } = await open((rig) => rig.station.answersTime(false));
  const token = tokenIn((await ask(port)).body);
  const done = await post(port, token);
  expect([done.status, done.headers.location]).toEqual([303, '/?did=timeSet']);
  const { clock } = await boot.agent.health();
  expect(clock).toMatchObject({
    source: 'manual',
    wallMs: Date.parse('2026-11-23T09:30:00+07:00'),
  });
  expect((await ask(port, { path: '/?did=timeSet' })).body).toContain('Đã đặt giờ.');
});

test('a time by hand does not overrule the server', async () => {
  const { port, boot } = await open();
  const done = await post(port, tokenIn((await ask(port)).body));
  expect(done.headers.location).toBe('/?did=timeKept');
  expect((await boot.agent.health()).clock.source).toBe('server');
});

test.each([
  { why: 'carries no token', token: '', change: {}, answer: 403 },
  { why: 'carries another token', token: 'ab'.repeat(32), change: {}, answer: 403 },
  {
    why: 'comes from another page',
    token: null,
    change: { origin: 'http://evil.example' },
    answer: 403,
  },
  { why: 'is longer than a form', token: null, change: { time: 'x'.repeat(9_000) }, answer: 413 },
])('a post that $why changes nothing', async ({ token, change, answer }) => {
  const { port, boot } = await open((rig) => rig.station.answersTime(false));
  const right = tokenIn((await ask(port)).body);
  expect((await post(port, token ?? right, change)).status).toBe(answer);
  expect((await boot.agent.health()).clock.source).toBe('none');
});

test.each(['', 'tomorrow', '1970-01-01T00:00', '2026-13-45T00:00'])(
  'what is no time is refused: "%s"',
  async (time) => {
    const { port } = await open((rig) => rig.station.answersTime(false));
    const done = await post(port, tokenIn((await ask(port)).body), { time });
    expect(done.headers.location).toBe('/?did=timeWrong');
  },
);

test('the page names the speaker and its unit as people call them', async () => {
  const names = { speaker: 'Cụm loa nhà văn hóa', unit: 'Thôn <Đoài>' };
  const { port } = await open((rig) => rig.station.limit({ revision: 2, names }));
  const { body } = await ask(port);
  expect(body).toContain('<dd>Cụm loa nhà văn hóa</dd><dd>Thôn &lt;Đoài&gt;</dd>');
});

test('a sound device that is gone, or a speaker that is not heard, stands on the page with what to do', async () => {
  const { port, boot, rig } = await open();
  expect((await ask(port)).body).not.toContain('card âm thanh');
  boot.player.loseDevice(true);
  const lost = (await ask(port)).body;
  expect(lost).toContain('âm thanh đang đi qua thiết bị khác. Hãy cắm lại card âm thanh');
  expect(lost).toContain('sound goes over another device. Plug in the sound card');
  boot.player.loseDevice(false);
  await rig.clock.advanceToWall(START_MS + 20_000);
  boot.player.mute(true);
  const silent = (await ask(port)).body;
  expect(silent).toContain('Loa câm');
  expect(silent).toContain('Silent speaker');
});

const playTone = async (port: number, path: '/tone' | '/drill' = '/tone') => {
  const token = tokenIn((await ask(port)).body);
  const origin = `http://127.0.0.1:${port}`;
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ token }).toString();
  return (await ask(port, { path, method: 'POST', headers, body })).headers.location;
};

test('a technician lets the test tone sound, as loud as it is from its first second: it is recorded as a drill', async () => {
  const { rig, port, boot } = await open((made) => made.station.point({ days: {} }));
  expect(await playTone(port)).toBe('/?did=toneSounds');
  expect(await playTone(port)).toBe('/?did=toneBusy');
  await rig.clock.advance(30_000);
  expect(
    boot.player.sounded.map(({ fromMs, toMs, ...how }) => [
      ...[toMs - fromMs, how.volume, how.softStartMs],
    ]),
  ).toEqual([[3_000, 80, 0]]);
  expect(rig.recordsOf('ended')).toMatchObject([
    { drill: true, outcome: 'whole', playlist: null, item: { bulletin: null, campaigns: [] } },
  ]);
  expect(rig.requests.map(({ sha256 }) => sha256)).not.toContain(
    rig.recordsOf('ended')[0]?.item.clip,
  );
  expect(rig.faults).toEqual([]);
});

test.each([
  {
    why: 'in quiet hours',
    did: 'toneForbidden',
    prepare: (rig: AgentRig) => {
      rig.station.point({ days: {} });
      rig.station.limit({ revision: 2, quietHours: [{ from: '08:00', to: '09:00' }] });
    },
  },
  {
    why: 'while nobody vouches for the time',
    did: 'toneNotReady',
    prepare: (rig: AgentRig) => rig.station.answersTime(false),
  },
])('the test tone does not sound $why, and the page says why', async ({ did, prepare }) => {
  const { rig, port, boot } = await open(prepare);
  expect(await playTone(port)).toBe(`/?did=${did}`);
  await rig.clock.advance(30_000);
  expect(boot.player.sounded).toEqual([]);
});

test('the test tone does not stand in the way of a session, nor a session in its', async () => {
  const { rig, port, boot } = await open();
  await rig.clock.advanceToWall(START_MS - 20_000);
  expect(await playTone(port)).toBe('/?did=toneBusy');
  await rig.clock.advanceToWall(START_MS + 90_000);
  expect(boot.player.sounded).toHaveLength(1);
});

const drill = clipOf('this is only a drill', 20_000);

/** The speaker has heard what it keeps at hand for a drill, and then loses server and network. */
const openAlone = (limits: Parameters<AgentRig['station']['limit']>[0] = {}) =>
  open((rig) => {
    rig.addClips(drill);
    rig.station.point({ days: {} });
    const marked = { drill: true } as const;
    const list = rig.station.plan(playlistOf(null, [sessionOf(null, [drill], marked)]));
    rig.station.limit({ revision: 2, alerts: [list], ...limits });
  }).then((opened) => {
    opened.rig.broker.setUp(false);
    return opened;
  });

test('a technician holds a drill at a box without network: what sounds says so, and it is recorded as one', async () => {
  const { rig, port, boot } = await openAlone();
  expect(await playTone(port, '/drill')).toBe('/?did=drillSounds');
  expect(await playTone(port, '/drill')).toBe('/?did=drillBusy');
  await rig.clock.advance(60_000);
  const [sounded, ...more] = boot.player.sounded;
  expect(more).toEqual([]);
  expect(sounded?.path).toContain(drill.sha256);
  rig.broker.setUp(true);
  await rig.clock.advance(120_000);
  expect(rig.recordsOf('ended')).toMatchObject([
    { drill: true, outcome: 'whole', item: { clip: drill.sha256, role: 'bulletin' } },
  ]);
});

test.each([
  {
    why: 'in quiet hours',
    did: 'drillForbidden',
    limits: { quietHours: [{ from: '08:00', to: '09:00' }] },
  },
  {
    why: 'that would reach into quiet hours',
    did: 'drillForbidden',
    limits: { quietHours: [{ from: '08:02', to: '09:00' }] },
  },
  { why: 'where nothing says that it is one', did: 'drillNotReady', limits: { alerts: [] } },
])('a drill $why does not sound, and the page says why', async ({ did, limits }) => {
  const { rig, port, boot } = await openAlone(limits);
  expect(await playTone(port, '/drill')).toBe(`/?did=${did}`);
  await rig.clock.advance(60_000);
  expect(boot.player.sounded).toEqual([]);
});

const askBox = (port: number, deed: BoxDeed) => askStatusPage(port, deed, systemClock());

test('a terminal at the box sets the time and plays the tone as the page does', async () => {
  const { rig, port, boot } = await open((made) => made.station.answersTime(false));
  expect(await askBox(port, { kind: 'tone' })).toEqual({ ok: true, value: 'toneNotReady' });
  const time = { kind: 'time', local: '2026-11-23T09:30' } as const;
  expect(await askBox(port, time)).toEqual({ ok: true, value: 'timeSet' });
  expect((await boot.agent.health()).clock.source).toBe('manual');
  await rig.clock.advance(60_000);
  expect(await askBox(port, { kind: 'tone' })).toEqual({ ok: true, value: 'toneSounds' });
});

test('a terminal at a box on which no agent runs is told so', async () => {
  expect(await askBox(1, { kind: 'tone' })).toMatchObject({
    ok: false,
    problem: { code: 'serverUnreachable' },
  });
});
