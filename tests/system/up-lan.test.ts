import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { writeCertificate } from '#tests/support/certificates.ts';
import { startProgram } from '#tests/support/program.ts';
import { writeSmallPack } from '#tests/support/small-pack.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { canMakeNetworks } from '#tests/support/village-network.ts';
import { type LanScene, SERVER, setLanScene } from './support/lan-scene.ts';
import { interrupt, startUp } from './support/start-up.ts';

/** A machine that knows only itself. */
const ALONE = ['unshare', '--net', 'sh', '-c', 'ip link set lo up; exec "$0" "$@"'];
const START_MS = 180_000;
const tryBroker = join(import.meta.dirname, '../support/processes/try-broker.ts');

describe.skipIf(!canMakeNetworks())('tieng-lang up --lan (needs root to make networks)', () => {
  let scene: LanScene;
  beforeAll(async () => {
    scene = await setLanScene();
  }, START_MS);
  afterAll(() => scene?.end());

  const curl = (...args: string[]) =>
    scene.machines.other.execute('curl', ['--silent', '--show-error', '--max-time', '60', ...args]);
  const status = (...args: string[]) =>
    curl('--output', '/dev/null', '--write-out', '%{http_code} %{redirect_url}', ...args);

  test('prints an address that other machines reach, and the fingerprint of who vouches for it', async () => {
    const { url, port, ca, fingerprint } = scene;
    expect(url).toBe(`https://${SERVER}:${port}`);
    expect(await curl('--cacert', ca, `${url}/health`)).toBe('{"ok":true}');
    await expect(curl(`${url}/health`)).rejects.toThrow(/certificate/);
    expect(fingerprint).toBe(new X509Certificate(await readFile(ca)).fingerprint256);
    expect(await curl(`http://${SERVER}:${port}/trust`)).toContain(fingerprint);
  });

  const allowed = 'secure:true mic:true signed in:true';
  test('a browser elsewhere that trusts the site may use the microphone, and signs in', async () => {
    const page = await scene.machines.other.browse(scene.url, { trusting: scene.ca });
    await page.getByText(allowed).waitFor();
  });

  test('so does a browser on the machine itself in plain HTTP', async () => {
    const page = await scene.machines.one.browse(`http://127.0.0.1:${scene.port}`);
    await page.getByText(allowed).waitFor();
  });

  test('elsewhere plain HTTP leads to HTTPS and takes nothing', async () => {
    const plain = `http://${SERVER}:${scene.port}`;
    expect(await status(`${plain}/today`)).toBe(`302 ${scene.url}/today`);
    expect(await status('--data', '{}', `${plain}/api/sign-in`)).toMatch(/^426/);
  });

  test('on the machine itself plain HTTP goes on to work, and HTTPS under its names', async () => {
    const { port, ca, machines } = scene;
    const here = (...args: string[]) => machines.one.execute('curl', ['--silent', ...args]);
    expect(await here(`http://127.0.0.1:${port}/health`)).toBe('{"ok":true}');
    expect(await here(`http://${SERVER}:${port}/health`)).toBe('{"ok":true}');
    expect(await here('--cacert', ca, `https://localhost:${port}/health`)).toBe('{"ok":true}');
  });

  test.each([
    { why: 'nobody vouches for the server', more: () => [], code: 'serverNotTrusted' },
    {
      why: 'somebody else should vouch for it',
      more: (other: string) => ['--ca', join(other, 'ca.pem')],
      code: 'serverNotTrusted',
    },
    {
      why: 'the fingerprint is another',
      more: () => ['--ca', scene.fingerprint.replaceAll(/\d/g, (digit) => `${9 - Number(digit)}`)],
      code: 'fingerprintDiffers',
    },
  ])('no machine becomes a speaker when $why', async ({ more, code }) => {
    const folder = await temporaryFolder();
    await writeCertificate(folder);
    const refused = await scene.enrol(...more(folder));
    expect(refused.errors).toContain(`"code":"${code}"`);
    expect(refused.status).toBe(2);
  });

  test('a speaker elsewhere enrols with the fingerprint on the screen, and connects over TLS', async () => {
    const { enrol, fingerprint, agentFolder, machines, grantIn, url, ca } = scene;
    const done = await enrol('--ca', fingerprint.replaceAll(':', '').toLowerCase());
    expect(done).toMatchObject({ status: 0, errors: '' });
    const grant = await grantIn(agentFolder);
    expect(grant.clips.url).toBe(`${url}/clips`);
    expect(grant.broker.url).toMatch(new RegExp(`^mqtts://${SERVER}:\\d+$`));
    expect(grant.authority).toBe(await readFile(ca, 'utf8'));
    const environment = {
      TIENG_LANG_AGENT_FOLDER: agentFolder,
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
    };
    const agent = startProgram(['agent'], environment, { before: machines.other.words });
    onTestFinished(async () => void (await agent.end()));
    await agent.next('linkConnected');
    await agent.next('recordWritten', ({ kind }) => kind === 'clock');
  });

  const knock = async (url: string, caPath = ''): Promise<string> => {
    const { username, password } = (await scene.grantIn(scene.agentFolder)).broker;
    const words = [tryBroker, url, username, password, caPath];
    return scene.machines.other.execute(process.execPath, words);
  };

  test('to the broker nobody sends a password whom the site’s authority has not been shown to', async () => {
    const { url } = (await scene.grantIn(scene.agentFolder)).broker;
    const stranger = await writeCertificate(await temporaryFolder());
    expect(await knock(url, scene.ca)).toBe('connected');
    expect(await knock(url)).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
    expect(await knock(url, stranger.caPath)).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
  });

  test('elsewhere the broker speaks no plain MQTT, and on its own machine it does', async () => {
    const own = await scene.grantIn(join(scene.place.folder, '.var', 'agent'));
    expect(own.broker.url).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/);
    expect(own.clips.url).toBe(`http://127.0.0.1:${scene.port}/clips`);
    const plain = new URL(own.broker.url);
    expect(await knock(`mqtt://${SERVER}:${plain.port}`)).toBe('ECONNREFUSED');
    const secure = new URL((await scene.grantIn(scene.agentFolder)).broker.url);
    expect(await knock(`mqtt://${SERVER}:${secure.port}`)).not.toBe('connected');
  });

  test(
    'without a network it says that nobody else can reach it, and serves its own machine',
    async () => {
      const folder = await temporaryFolder();
      await writeSmallPack(join(folder, 'pack'));
      const { up, said, until } = startUp(folder, {}, { words: ['--lan'], before: ALONE });
      await until(/speaker is connected/);
      expect(said).toContainEqual(expect.stringMatching(/runs at http:\/\/127\.0\.0\.1:\d+$/));
      expect(said).toContainEqual(expect.stringMatching(/no private IPv4 address/));
      expect(await interrupt(up)).toBe(0);
    },
    START_MS,
  );
});
