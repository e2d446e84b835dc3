import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { findAuthority } from '#player-agent/find-authority.ts';
import { moveGrant } from '#player-agent/move-grant.ts';
import { type CertificateFiles, writeCertificate } from '#tests/support/certificates.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createStation } from './support/station.ts';

const serverUrl = 'https://192.168.1.10:8080';

const showing =
  (body: Uint8Array | string, asked: string[] = []): typeof fetch =>
  async (url) => {
    asked.push(String(url));
    return new Response(typeof body === 'string' ? body : new Uint8Array(body));
  };
const silent: typeof fetch = async () => Promise.reject(new Error('no network'));

describe('who vouches for the server', () => {
  let folder: string;
  let files: CertificateFiles;
  let certificate: X509Certificate;
  beforeEach(async () => {
    folder = await temporaryFolder();
    files = await writeCertificate(folder);
    certificate = new X509Certificate(files.ca);
  });
  const find = (ca: string, fetchUrl: typeof fetch) => findAuthority({ serverUrl, ca, fetchUrl });

  test('is taken from its file as the server keeps it, and as a browser has fetched it', async () => {
    const pem = { ok: true, value: certificate.toString() };
    expect(await find(files.caPath, silent)).toEqual(pem);
    const der = join(folder, 'site-ca.crt');
    await writeFile(der, certificate.raw);
    expect(await find(der, silent)).toEqual(pem);
  });

  test('is no file that is missing, or holds something else', async () => {
    const missing = join(folder, 'none.pem');
    expect(await find(missing, silent)).toEqual({
      ok: false,
      problem: { code: 'fileUnreadable', path: missing },
    });
    expect(await find(files.keyPath, silent)).toEqual({
      ok: false,
      problem: { code: 'certificateUnreadable', path: files.keyPath },
    });
  });

  test('is fetched in plain HTTP from the server, and known by its fingerprint however it is written', async () => {
    const asked: string[] = [];
    const { fingerprint256 } = certificate;
    const bare = fingerprint256.replaceAll(':', '').toLowerCase();
    for (const written of [fingerprint256, bare]) {
      const found = await find(written, showing(certificate.raw, asked));
      expect(found).toEqual({ ok: true, value: certificate.toString() });
    }
    expect(new Set(asked)).toEqual(new Set(['http://192.168.1.10:8080/trust/site-ca.crt']));
  });

  test('is nobody with another fingerprint', async () => {
    const other = new X509Certificate(await readFile(files.certPath));
    expect(await find(certificate.fingerprint256, showing(other.raw))).toEqual({
      ok: false,
      problem: { code: 'fingerprintDiffers', url: serverUrl, found: other.fingerprint256 },
    });
  });

  test.each([
    { why: 'another program answers', fetchUrl: showing('<html>'), code: 'authorityNotShown' },
    {
      why: 'what comes has no end',
      fetchUrl: showing(new Uint8Array(1_000_000)),
      code: 'authorityNotShown',
    },
    { why: 'nobody answers', fetchUrl: silent, code: 'serverUnreachable' },
  ])('is not found when $why', async ({ fetchUrl, code }) => {
    expect(await find(certificate.fingerprint256, fetchUrl)).toMatchObject({ problem: { code } });
  });
});

describe('a server whose machine got another address', () => {
  const station = createStation(createFakeClock(0), () => undefined).grant();
  const grant = {
    ...station,
    broker: { ...station.broker, url: 'mqtts://192.168.1.10:8883' },
    clips: { url: `${serverUrl}/clips` },
    authority: 'PEM',
  };
  const movedTo = 'https://192.168.1.77:9000';

  test('is found there by a speaker that is told, and proves itself as before', () => {
    const { broker, clips, ...rest } = moveGrant(grant, movedTo);
    expect(broker).toEqual({ ...grant.broker, url: 'mqtts://192.168.1.77:8883' });
    expect(clips.url).toBe('https://192.168.1.77:9000/clips');
    expect({ ...rest, broker: grant.broker, clips: grant.clips }).toEqual(grant);
  });

  test.each([
    { why: 'nobody told an address', url: undefined, given: grant },
    { why: 'the address is not over HTTPS', url: 'http://192.168.1.77:9000', given: grant },
    { why: 'no authority of the site proves it', url: movedTo, given: station },
  ])('is looked for at its first address when $why', ({ url, given }) => {
    expect(moveGrant(given, url)).toEqual(given);
  });

  test('may have its broker on another machine, which stays there', () => {
    const elsewhere = { ...grant, broker: { ...grant.broker, url: 'mqtt://192.168.1.20:1883' } };
    expect(moveGrant(elsewhere, movedTo).broker.url).toBe('mqtt://192.168.1.20:1883');
  });
});
