import { createId } from '#runtime/clock.ts';
import { sha256 } from '#runtime/signing.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, StoredFinding } from '../ports/store.ts';
import type { Misfit } from './check-batch.ts';

/** After this many findings a speaker's log says nothing new by one more. */
export const MAX_FINDINGS_PER_SPEAKER = 500;
/** An envelope up to this length is kept in its finding whole; of a longer one, its hash. */
const MAX_KEPT_ENVELOPE_CHARS = 8_192;

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;

/** The change that keeps a finding. */
export const findingToChange = (value: StoredFinding): Change => ({
  do: 'insert',
  what: 'finding',
  value,
});

/**
 * The misfits that are not known yet, as findings; the same one sent again is no finding of its own.
 * Source: AIRTIME.md, 2.
 */
export const newFindings = async (
  ports: Ports,
  speaker: string,
  misfits: readonly Misfit[],
): Promise<StoredFinding[]> => {
  if (misfits.length === 0) return [];
  const known = await ports.store.findings(speaker);
  const keys = new Set(known.map(({ code, seq, facts }) => findingKey(code, seq, facts)));
  const fresh = misfits
    .map((misfit) => misfitToFinding(ports, speaker, misfit))
    .filter(({ code, seq, facts }) => !keys.has(findingKey(code, seq, facts)));
  return fresh.slice(0, Math.max(0, MAX_FINDINGS_PER_SPEAKER - known.length));
};

/** What anybody at the broker could have written counts once per place in the log. */
const UNSIGNED: ReadonlySet<string> = new Set([
  'envelopeInvalid',
  'keyUnknown',
  'purposeWrong',
  'signatureWrong',
]);

const findingKey = (code: string, seq: number, facts: StoredFinding['facts']): string =>
  UNSIGNED.has(code) ? `${code} ${seq}` : `${code} ${seq} ${String(facts.envelopeSha256)}`;

const misfitToFinding = (ports: Ports, speaker: string, misfit: Misfit): StoredFinding => {
  const { code, ...facts } = misfit.problem;
  const text = JSON.stringify(misfit.envelope);
  const envelope = text.length <= MAX_KEPT_ENVELOPE_CHARS ? text : null;
  return {
    id: createId(ports.clock, ports.entropy),
    speaker,
    seq: misfit.seq,
    code,
    facts: { ...facts, envelopeSha256: sha256(Buffer.from(text)), envelope },
    foundMs: Math.floor(ports.clock.wallMs()),
  };
};
