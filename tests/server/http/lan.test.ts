import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '#server/main.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import {
  canMakeNetworks,
  openVillageNetwork,
  type VillageNetwork,
} from '#tests/support/village-network.ts';

const SUBNET = 41;
const script =
  'document.body.append("secure:", isSecureContext, " mic:", "mediaDevices" in navigator)';

describe.skipIf(!canMakeNetworks())('on a local network (needs root to make one)', () => {
  let network: VillageNetwork;
  let place: ServerPlace;
  let server: RunningServer;
  let url: string;
  let local: string;
  let plain: string;
  let authority: string;

  beforeAll(async () => {
    network = openVillageNetwork(SUBNET);
    place = await createServerPlace();
    const dist = join(place.folder, 'dist');
    await mkdir(join(dist, 'assets'), { recursive: true });
    await writeFile(join(dist, 'assets', 'a.js'), script);
    const page = '<!doctype html><body><script type="module" src="/assets/a.js"></script>';
    await writeFile(join(dist, 'index.html'), page);
    server = await place.run({ settings: { LAN: 'true', CONSOLE_FOLDER: dist } });
    const { port } = new URL(server.url);
    url = `https://${network.here}:${port}`;
    plain = `http://${network.here}:${port}`;
    local = `http://127.0.0.1:${port}`;
    authority = join(place.dataFolder, 'site-ca.crt');
  });
  afterAll(async () => {
    await server?.stop();
    await place?.remove();
    network?.remove();
  });

  const curl = (...args: string[]) =>
    network.execute('curl', ['--silent', '--show-error', '--max-time', '60', ...args]);

  test('a browser that trusts the site’s authority has a secure context', async () => {
    const page = await network.browse(url, { trusting: authority });
    await page.getByText('secure:true mic:true').waitFor();
  });

  test('a browser that does not trust it is warned and shows nothing', async () => {
    await expect(network.browse(url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  });

  test('the page about trust comes in plain HTTP, in both languages, with the fingerprint', async () => {
    const page = await curl(`${plain}/trust`);
    expect(page).toContain(server.trust?.fingerprint);
    expect(page).toMatch(/lang="vi"[\s\S]*iPhone[\s\S]*lang="en"[\s\S]*Android/);
    expect(page).toContain(`href="${url}"`);
    const type = await curl(
      '--output',
      '/dev/null',
      '--write-out',
      '%{content_type}',
      `${plain}/trust/site-ca.crt`,
    );
    expect(type).toBe('application/x-x509-ca-cert');
  });

  test('in plain HTTP a reader is led to HTTPS, and a sender refused', async () => {
    const led = ['--output', '/dev/null', '--write-out', '%{redirect_url}'];
    expect(await curl(...led, `${plain}/bulletins?x=1`)).toBe(`${url}/bulletins?x=1`);
    const refused = await curl('--data', '{}', `${plain}/api/sign-in`);
    expect(JSON.parse(refused)).toMatchObject({ code: 'httpsNeeded' });
    expect((await fetch(`${local}/health`)).status, 'the machine itself').toBe(200);
  });

  test('the key of the authority is its owner’s alone, and stays at the next start', async () => {
    const path = join(place.dataFolder, 'site-ca.pem');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain(await readFile(authority, 'utf8'));
  });
});
