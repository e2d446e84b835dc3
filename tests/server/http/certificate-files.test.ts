import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import { type CertificateFiles, writeCertificate } from '#tests/support/certificates.ts';
import { eventually } from '#tests/support/eventually.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { freePort } from '#tests/support/mosquitto.ts';
import { runCli } from '#tests/support/run-cli.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { ask, secureConnection } from '#tests/support/secure-request.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';

const MINUTE_MS = 60_000;
const ARRIVAL_MS = 60_000;

let place: ServerPlace;
let files: CertificateFiles;
beforeEach(async () => {
  place = await createServerPlace();
  onTestFinished(() => place.remove());
  files = await writeCertificate(join(place.folder, 'tls'));
});

const settingsOf = ({ certPath, keyPath }: Pick<CertificateFiles, 'certPath' | 'keyPath'>) => ({
  TLS_CERT: certPath,
  TLS_KEY: keyPath,
});

test('with a proper authority’s certificate, who trusts that authority is served over HTTPS, and nobody else', async () => {
  const server = await place.run({ settings: settingsOf(files) });
  onTestFinished(() => server.stop());
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const healthy = { status: 200, body: '{"ok":true}' };
  expect(await ask(`${server.url}/health`, { ca: files.ca })).toMatchObject(healthy);
  const other = await writeCertificate(join(place.folder, 'other'));
  await expect(ask(`${server.url}/health`, { ca: other.ca })).rejects.toThrow(/certificate/);
  expect(server.trust, 'there is no authority of our own to trust').toBeUndefined();
});

test('speakers reach the broker over TLS with the same certificate, and the machine’s own without', async () => {
  const port = await freePort();
  const settings = {
    ...settingsOf(files),
    HTTP_HOST: '0.0.0.0',
    HTTP_PORT: `${port}`,
    HTTP_PUBLIC_URL: `https://localhost:${port}`,
    MQTT_HOST: '0.0.0.0',
  };
  const server = await place.run({ settings });
  onTestFinished(() => server.stop());
  const code = (await server.issueCodeForWaitingSpeaker())?.code ?? '';
  const folder = join(place.folder, 'agent');
  const words = ['enrol', '--server', server.url, '--code', code, '--ca', files.caPath];
  const ran = await runCli(words, { environment: { TIENG_LANG_AGENT_FOLDER: folder } });
  expect(ran.errors).toBe('');
  const granted = await readFile(join(folder, 'identity', 'grant.json'), 'utf8');
  const { broker, authority } = enrolmentGrantSchema.parse(JSON.parse(granted));
  expect(authority, 'the speaker keeps whom it was told').toBe(files.ca.replaceAll('\r', ''));
  expect(broker.url).toMatch(/^mqtts:\/\/localhost:\d+$/);
  const credentials = { speaker: broker.username, secret: broker.password };
  const speaker = await connectSpeaker(broker.url, credentials, { ca: files.ca });
  await speaker.mqtt.endAsync();
  await expect(connectSpeaker(broker.url, credentials)).rejects.toThrow(/certificate/);
});

test('a renewed certificate is served within a minute, and who is connected stays connected', async () => {
  const clock = createFakeClock(systemClock().wallMs());
  const server = await place.run({ settings: settingsOf(files), given: { clock } });
  onTestFinished(() => server.stop());
  const port = Number(new URL(server.url).port);
  const shown = async (): Promise<string> => {
    const socket = await secureConnection(port, files.ca);
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
  const connected = await secureConnection(port, files.ca);
  const { serialNumber } = connected.getPeerCertificate();
  await writeFile(files.keyPath, 'half written');
  await clock.advance(MINUTE_MS);
  expect(await shown(), 'a broken pair is not taken').toBe(serialNumber);
  await files.renew();
  await clock.advance(MINUTE_MS);
  await eventually(shown, (serial) => serial !== serialNumber, ARRIVAL_MS);
  expect(connected.readyState).toBe('open');
  connected.destroy();
});

interface Spoiled {
  readonly why: string;
  readonly code: string;
  readonly spoil: (files: CertificateFiles) => Promise<unknown>;
}

const spoiled: readonly Spoiled[] = [
  {
    why: 'the certificate is missing',
    code: 'fileUnreadable',
    spoil: ({ certPath }) => rm(certPath),
  },
  { why: 'the key is missing', code: 'fileUnreadable', spoil: ({ keyPath }) => rm(keyPath) },
  {
    why: 'the certificate is none',
    code: 'certificateUnreadable',
    spoil: ({ certPath }) => writeFile(certPath, 'giấy chứng nhận'),
  },
  {
    why: 'the key is none',
    code: 'keyUnreadable',
    spoil: ({ keyPath }) => writeFile(keyPath, 'khóa cửa'),
  },
  {
    why: 'the key belongs to another certificate',
    code: 'certificateKeyDiffers',
    spoil: async ({ keyPath }) => {
      const other = await writeCertificate(join(place.folder, 'other'));
      await writeFile(keyPath, await readFile(other.keyPath));
    },
  },
  {
    why: 'the certificate has ended',
    code: 'certificateNotInForce',
    spoil: async () => {
      files = await writeCertificate(join(place.folder, 'old'), { madeDaysAgo: 100 });
    },
  },
  {
    why: 'the certificate has not begun',
    code: 'certificateNotInForce',
    spoil: async () => {
      files = await writeCertificate(join(place.folder, 'new'), { madeDaysAgo: -100 });
    },
  },
];

test.each(spoiled)('a server does not start when $why, and says which file', async (how) => {
  await how.spoil(files);
  const started = await place.start({ settings: settingsOf(files) });
  const paths = [files.certPath, files.keyPath];
  expect(started).toMatchObject({ ok: false, problem: { code: how.code } });
  expect(!started.ok && 'path' in started.problem && started.problem.path).toSatisfy((path) =>
    paths.includes(String(path)),
  );
});
