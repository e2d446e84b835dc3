import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { type PrivateNames, privateDomains, privateSubnets } from './private-names.ts';

const { asn1, pki } = forge;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
/** Well below the 398 days that browsers accept. */
export const LEAF_DAYS = 90;
/** For clocks that are behind. */
const BACKDATED_MS = DAY_MS;
const AUTHORITY_KEY_BITS = 3072;
const LEAF_KEY_BITS = 2048;
const SERIAL_BYTES = 16;

/** A certificate and its private key, both as PEM. */
export interface KeyedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** When a certificate is made, and 16 fresh random bytes for its serial number. */
export interface Making {
  readonly nowMs: number;
  readonly entropy: { bytes(count: number): Uint8Array };
}

const generate = promisify(generateKeyPair);

const newKeys = (modulusLength: number) =>
  generate('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

const nameOf = (text: string) => [
  // The library's types leave out that a tag class is read here; without it the text is cut to ASCII.
  {
    shortName: 'CN',
    value: text,
    valueTagClass: asn1.Type.UTF8,
  } as unknown as forge.pki.CertificateField,
];

/**
 * The bytes as hexadecimal, with a first one that leaves the number positive and has no zeros to
 * begin with: DER takes no others. Source: X.690, 8.3.2; RFC 5280, 4.1.2.2.
 */
const newSerial = ([first = 0, ...rest]: Uint8Array): string =>
  Buffer.from([(first & 0x3f) | 0x40, ...rest]).toString('hex');

const newCertificate = (publicKeyPem: string, days: number, { nowMs, entropy }: Making) => {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKeyPem);
  certificate.serialNumber = newSerial(entropy.bytes(SERIAL_BYTES));
  certificate.validity.notBefore = new Date(nowMs - BACKDATED_MS);
  certificate.validity.notAfter = new Date(nowMs + days * DAY_MS);
  return certificate;
};

const DOMAIN_TAG = 2;
const ADDRESS_TAG = 7;

const subtree = (tag: number, bytes: string): forge.asn1.Asn1 =>
  asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, false, bytes),
  ]);

const subnetToBytes = ({ address, bits }: (typeof privateSubnets)[number]): string => {
  const mask = Array.from(
    { length: 4 },
    (_, at) => 256 - 2 ** (8 - Math.max(0, Math.min(8, bits - at * 8))),
  );
  return Buffer.from([...address.split('.').map(Number), ...mask]).toString('latin1');
};

/** Critical, and permits private names and addresses only. Source: RFC 5280, 4.2.1.10. */
const nameConstraints = () => {
  const permitted = [
    ...privateDomains.map((domain) => subtree(DOMAIN_TAG, domain)),
    ...privateSubnets.map((subnet) => subtree(ADDRESS_TAG, subnetToBytes(subnet))),
  ];
  const value = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, permitted),
  ]);
  return { id: '2.5.29.30', critical: true, value };
};

/**
 * A new certificate authority that can vouch for servers on private names and addresses and for
 * nothing else. Source: docs/adr/0010-a-site-certificate-authority.md.
 */
export const makeAuthority = async (name: string, making: Making): Promise<KeyedCertificate> => {
  const keys = await newKeys(AUTHORITY_KEY_BITS);
  const certificate = newCertificate(keys.publicKey, AUTHORITY_DAYS, making);
  certificate.setSubject(nameOf(name));
  certificate.setIssuer(nameOf(name));
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    nameConstraints(),
  ]);
  certificate.sign(pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
  return { cert: pki.certificateToPem(certificate), key: keys.privateKey };
};

/** A server's certificate for the names, with a fresh key, good for `LEAF_DAYS`. */
export const issueLeaf = async (
  authority: KeyedCertificate,
  { addresses, hostnames }: PrivateNames,
  making: Making,
): Promise<KeyedCertificate> => {
  const keys = await newKeys(LEAF_KEY_BITS);
  const issuer = pki.certificateFromPem(authority.cert);
  const certificate = newCertificate(keys.publicKey, LEAF_DAYS, making);
  certificate.setSubject(nameOf('Tiếng Làng'));
  // Read back, the name is its bytes, which the library would encode once more.
  certificate.setIssuer(nameOf(forge.util.decodeUtf8(issuer.subject.getField('CN').value)));
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes(),
    },
    {
      name: 'subjectAltName',
      altNames: [
        ...hostnames.map((value) => ({ type: DOMAIN_TAG, value })),
        ...['127.0.0.1', ...addresses].map((ip) => ({ type: ADDRESS_TAG, ip })),
      ],
    },
  ]);
  certificate.sign(pki.privateKeyFromPem(authority.key), forge.md.sha256.create());
  return { cert: pki.certificateToPem(certificate), key: keys.privateKey };
};
