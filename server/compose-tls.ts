import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeFileDurably } from '#runtime/durable-file.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerConfig } from './config.ts';
import { readOrMakeSecret, type SecretFileProblem } from './keys/secret-file.ts';
import type { Life } from './life.ts';
import type { ServedCertificate, TlsSource, TrustedAuthority } from './ports/tls.ts';
import type { Surroundings } from './surroundings.ts';
import { issueLeaf, makeAuthority } from './tls/certificate.ts';
import { type PrivateNames, privateNamesOf } from './tls/private-names.ts';
import {
  type CertificateFilesProblem,
  type CertificatePaths,
  readCertificateFiles,
} from './tls/read-certificate-files.ts';
import { createRenewing, type RenewingOptions } from './tls/renewing.ts';
import { authorityToText, authorityToTrust, textToAuthority } from './tls/site-authority.ts';
import { stillFits } from './tls/still-fits.ts';

/** The mode of what everybody may read. */
const PUBLIC_FILE = 0o644;

/** How this machine is reached on the local network just now. */
export const ownNames = ({ interfaces }: Pick<Surroundings, 'interfaces'>): PrivateNames =>
  privateNamesOf(interfaces(), hostname());

/** TLS as it is served; `authority` where the site vouches for itself. */
export interface ComposedTls {
  readonly source: TlsSource;
  readonly authority: TrustedAuthority | undefined;
}

interface TlsInput {
  readonly config: ServerConfig;
  readonly surroundings: Surroundings;
  readonly life: Life;
}

type TlsOutcome = Result<ComposedTls | undefined, SecretFileProblem | CertificateFilesProblem>;

/**
 * The certificates that the configuration asks for, kept fresh as long as the server lives;
 * undefined for plain HTTP. The site's authority is made at the first start; its public half is also
 * written beside it, for whoever carries it to a speaker. Errors: those of `readCertificateFiles`,
 * keyUnreadable, folderNotWritable, diskFull.
 */
export const composeTls = async (input: TlsInput, siteName: string): Promise<TlsOutcome> => {
  const { tls } = input.config.http;
  if (tls.kind === 'none') return ok(undefined);
  return tls.kind === 'files' ? serveFiles(input, tls) : serveSite(input, tls.folder, siteName);
};

const keepFresh = (
  { surroundings, life }: TlsInput,
  options: Pick<RenewingOptions, 'first' | 'next'>,
): TlsSource => {
  const source = createRenewing({ ...surroundings, ...options });
  life.onEnd(source.stop);
  return source;
};

const serveFiles = async (input: TlsInput, paths: CertificatePaths): Promise<TlsOutcome> => {
  const { clock, log } = input.surroundings;
  const read = () => readCertificateFiles(paths, clock.wallMs());
  const first = await read();
  if (!first.ok) return first;
  let told: string | undefined;
  const next = async ({ cert }: ServedCertificate): Promise<ServedCertificate | undefined> => {
    const found = await read();
    if (found.ok && found.value.cert === cert) return undefined;
    const code = found.ok ? undefined : found.problem.code;
    // It is looked every minute, and said once.
    if (!found.ok && code !== told) log.error({ event: 'certificateUnusable', ...found.problem });
    told = code;
    return found.ok ? found.value : undefined;
  };
  return ok({ source: keepFresh(input, { first: first.value, next }), authority: undefined });
};

const serveSite = async (
  input: TlsInput,
  folder: string,
  siteName: string,
): Promise<TlsOutcome> => {
  const { clock, entropy } = input.surroundings;
  const names = () => ownNames(input.surroundings);
  const making = () => ({ nowMs: clock.wallMs(), entropy });
  const path = join(folder, 'site-ca.pem');
  const text = await readOrMakeSecret(path, async () =>
    authorityToText(await makeAuthority(`Tiếng Làng – ${siteName}`, making())),
  );
  if (!text.ok) return text;
  const authority = textToAuthority(text.value, path);
  if (!authority.ok) return authority;
  await writeFileDurably(join(folder, 'site-ca.crt'), authority.value.cert, PUBLIC_FILE);
  const issue = () => issueLeaf(authority.value, names(), making());
  const source = keepFresh(input, {
    first: await issue(),
    next: async ({ cert }) => (stillFits(cert, names(), clock.wallMs()) ? undefined : issue()),
  });
  return ok({ source, authority: authorityToTrust(authority.value) });
};
