import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import type { RunningServer } from '#server/main.ts';
import { eventually } from '#tests/support/eventually.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { ask, secureConnection } from '#tests/support/secure-request.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ARRIVAL_MS = 60_000;

type Interfaces = Record<string, NetworkInterfaceInfo[]>;
const IPV4 = {
  family: 'IPv4',
  internal: false,
  netmask: '255.255.255.0',
  mac: '',
  cidr: null,
} as const;
const IPV6 = { ...IPV4, family: 'IPv6', scopeid: 0 } as const;
const cable = (...addresses: string[]): Interfaces => ({
  cable: addresses.map((address) => ({ ...(address.includes(':') ? IPV6 : IPV4), address })),
});

let place: ServerPlace;
let clock: FakeClock;
let interfaces: Interfaces;
beforeEach(async () => {
  place = await createServerPlace();
  clock = createFakeClock(systemClock().wallMs());
  onTestFinished(() => place.remove());
});

const runWith = async (now: Interfaces): Promise<RunningServer> => {
  interfaces = now;
  const given = { clock, interfaces: () => interfaces };
  const server = await place.run({ settings: { LAN: 'true' }, given });
  onTestFinished(() => server.stop());
  return server;
};
const portOf = (url: string): number => Number(new URL(url).port);

/** The certificate that a door shows; whether it is in force is for the test to say. */
const shownAt = (port: number): Promise<X509Certificate> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.once('error', reject);
  });

test('before it runs out the certificate is renewed at both doors, and nobody is cut off', async () => {
  const server = await runWith(cable('192.168.1.10'));
  const ca = await readFile(join(place.dataFolder, 'site-ca.crt'), 'utf8');
  const ports = [portOf(server.url), portOf(server.brokerUrl)];
  const connected = await secureConnection(portOf(server.url), ca);
  const before = await Promise.all(ports.map(shownAt));
  clock.jumpWall(61 * DAY_MS);
  await clock.advance(MINUTE_MS);
  for (const [at, port] of ports.entries()) {
    const isOther = (shown: X509Certificate) => shown.serialNumber !== before[at]?.serialNumber;
    const renewed = await eventually(() => shownAt(port), isOther, ARRIVAL_MS);
    expect(renewed.verify(new X509Certificate(ca).publicKey)).toBe(true);
    expect(renewed.validToDate.getTime()).toBeGreaterThan(clock.wallMs() + 89 * DAY_MS);
  }
  expect(connected.readyState).toBe('open');
  connected.destroy();
});

test('within a minute the certificate holds a new address, and what is announced follows it', async () => {
  const server = await runWith(cable('192.168.1.10'));
  const [http, mqtts] = [portOf(server.url), portOf(server.brokerUrl)];
  expect(server.url).toBe(`https://192.168.1.10:${http}`);
  interfaces = cable('192.168.1.77');
  await clock.advance(MINUTE_MS);
  for (const port of [http, mqtts]) {
    const hasMoved = (shown: X509Certificate) => shown.checkIP('192.168.1.77') !== undefined;
    await eventually(() => shownAt(port), hasMoved, ARRIVAL_MS);
  }
  expect(server.url).toBe(`https://192.168.1.77:${http}`);
  expect(server.brokerUrl).toBe(`mqtts://192.168.1.77:${mqtts}`);
});

test('a speaker is granted the name or address by which it has reached the server', async () => {
  const server = await runWith(cable('192.168.1.10', '10.0.0.7'));
  const ca = await readFile(join(place.dataFolder, 'site-ca.crt'), 'utf8');
  const [http, mqtts] = [portOf(server.url), portOf(server.brokerUrl)];
  const enrol = async (url: string) => {
    const code = (await server.issueCodeForWaitingSpeaker())?.code ?? '';
    const json = newMachine().request(code);
    const answer = await ask(`${url}/api/enrol`, { method: 'POST', json, ca });
    return enrolmentGrantSchema.parse(JSON.parse(answer.body));
  };
  const byName = await enrol(`https://localhost:${http}`);
  expect(byName.clips.url).toBe(`https://localhost:${http}/clips`);
  expect(byName.broker.url).toBe(`mqtts://localhost:${mqtts}`);
});

test.each([
  { why: 'no network at all', now: {}, others: '' },
  {
    why: 'only IPv6 and an address of the internet',
    now: cable('fd00::2', 'fe80::1', '203.0.113.5'),
    others: 'fd00::2, fe80::1, 203.0.113.5',
  },
])(
  'with $why the server announces itself to its own machine alone, and says why',
  async ({ now, others }) => {
    const server = await runWith(now);
    expect(server.url).toBe(server.hereUrl);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.brokerUrl).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/);
    expect(server.trust).toMatchObject({ pageUrl: undefined, otherAddresses: others });
    expect((await ask(`${server.hereUrl}/health`)).status).toBe(200);
  },
);
