import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { systemEntropy } from '#runtime/clock.ts';
import {
  issueLeaf,
  type KeyedCertificate,
  LEAF_DAYS,
  makeAuthority,
} from '#server/tls/certificate.ts';
import { privateNamesOf } from '#server/tls/private-names.ts';
import { authorityToText, authorityToTrust, textToAuthority } from '#server/tls/site-authority.ts';
import { stillFits } from '#server/tls/still-fits.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const DAY_MS = 86_400_000;
const nowMs = Date.UTC(2026, 10, 22);
const making = { nowMs, entropy: systemEntropy };
const names = {
  addresses: ['192.168.1.10', '10.0.0.7'],
  hostnames: ['localhost', 'may-chu.local'],
};

let authority: KeyedCertificate;
beforeAll(async () => {
  authority = await makeAuthority('Tiếng Làng – Xã Mẫu', making);
});

const verify = async (leaf: string, ...more: string[]): Promise<string> => {
  const folder = await temporaryFolder();
  const [ca, cert] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
  writeFileSync(ca, authority.cert);
  writeFileSync(cert, leaf);
  const at = ['-attime', String(nowMs / 1000)];
  const args = ['verify', '-x509_strict', ...at, '-purpose', 'sslserver', '-CAfile', ca, ...more];
  const { stdout, stderr } = spawnSync('openssl', [...args, cert], { encoding: 'utf8' });
  return stdout + stderr;
};

test('another program takes the server’s certificate for its addresses and names, and no other', async () => {
  const { cert } = await issueLeaf(authority, names, making);
  expect(await verify(cert, '-verify_ip', '192.168.1.10')).toMatch(/: OK/);
  expect(await verify(cert, '-verify_ip', '127.0.0.1')).toMatch(/: OK/);
  expect(await verify(cert, '-verify_hostname', 'may-chu.local')).toMatch(/: OK/);
  expect(await verify(cert, '-verify_ip', '192.168.1.11')).toMatch(/IP address mismatch/);
});

test.each([
  { why: 'an address of the internet', addresses: ['8.8.8.8'], hostnames: [] },
  { why: 'a name of the internet', addresses: [], hostnames: ['mail.example.com'] },
])('the authority cannot vouch for $why', async ({ addresses, hostnames }) => {
  const { cert } = await issueLeaf(authority, { addresses, hostnames }, making);
  expect(await verify(cert)).toMatch(/permitted subtree violation/);
});

test.each([
  { why: 'begins with zeros', head: [0x00, 0x00] },
  { why: 'begins with a zero', head: [0x00, 0x7f] },
  { why: 'would be negative', head: [0xff, 0xff] },
])('a certificate can be read whatever its random number, also when it $why', async ({ head }) => {
  const bytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => head[at] ?? 9);
  const made = await makeAuthority('Xã Mẫu', { nowMs, entropy: { bytes } });
  expect(textToAuthority(authorityToText(made), 'ca.pem')).toMatchObject({ ok: true });
});

test('a certificate is replaced before it ends, and when an address is new', async () => {
  const { cert } = await issueLeaf(authority, names, making);
  expect(stillFits(cert, names, nowMs)).toBe(true);
  expect(stillFits(cert, names, nowMs + (LEAF_DAYS - 30) * DAY_MS - 1000)).toBe(true);
  expect(stillFits(cert, names, nowMs + (LEAF_DAYS - 30) * DAY_MS + 1000)).toBe(false);
  expect(stillFits(cert, names, nowMs - 2 * DAY_MS), 'the clock was ahead').toBe(false);
  expect(stillFits(cert, { ...names, addresses: ['192.168.1.99'] }, nowMs)).toBe(false);
});

test('the authority’s file is taken whole or not at all', async () => {
  const text = authorityToText(authority);
  expect(textToAuthority(text, 'ca.pem')).toMatchObject({ ok: true });
  const other = await makeAuthority('khác', making);
  const mixed = authorityToText({ key: other.key, cert: authority.cert });
  for (const broken of ['', 'khóa', authority.cert, authority.key, mixed]) {
    const problem = { code: 'keyUnreadable', path: 'ca.pem' };
    expect(textToAuthority(broken, 'ca.pem')).toEqual({ ok: false, problem });
  }
});

test('the fingerprint is the one that devices show, and the name keeps its marks', () => {
  const { fingerprint, name, certificateDer } = authorityToTrust(authority);
  expect(fingerprint).toBe(new X509Certificate(certificateDer).fingerprint256);
  expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(name).toBe('Tiếng Làng – Xã Mẫu');
});

test('people are told a private address of the machine, one from the router first', () => {
  const of = (address: string, internal = false) => ({
    address,
    internal,
    netmask: '255.255.255.0',
    family: 'IPv4' as const,
    mac: '00:00:00:00:00:00',
    cidr: `${address}/24`,
  });
  const interfaces = {
    lo: [of('127.0.0.1', true)],
    usb: [of('169.254.3.3')],
    lan: [of('192.168.1.10'), of('203.0.113.5')],
  };
  expect(privateNamesOf(interfaces, 'May-Chu.example.com')).toEqual({
    addresses: ['192.168.1.10', '169.254.3.3'],
    hostnames: ['localhost', 'may-chu.local'],
  });
  expect(privateNamesOf({}, 'máy chủ').addresses).toEqual([]);
});
