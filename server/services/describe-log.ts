import { followChain } from '#core/log-chain.ts';
import { type LogTools, type OpenRecordProblem, openRecord } from '#core/open-record.ts';
import { logTools } from '#runtime/open-record.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { type Language, problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem, ProblemOf } from '#schemas/problem.ts';
import { GENESIS_HASH, type LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type LogHead, MAX_LIST, type StoredFinding, type StoredRecord } from '../ports/store.ts';

/** The most records of one answer. */
export const MAX_LOG_PAGE = 200;

/** A stored record, checked again for this answer against the speaker's key and its neighbour. */
export interface DescribedRecord {
  readonly seq: number;
  readonly hash: string;
  readonly receivedMs: number;
  readonly record: LogRecord;
  readonly signature: 'right' | OpenRecordProblem['code'];
  readonly chain: 'right' | 'broken';
}

/** What did not fit, and what to do about it, for a person. */
export interface DescribedFinding extends StoredFinding {
  readonly sentence: Readonly<Record<Language, string>>;
}

export interface DescribedLog {
  readonly speaker: string;
  /** The raw public key in base64, for `tieng-lang verify`. */
  readonly publicKey: string;
  readonly head: LogHead;
  readonly findings: readonly DescribedFinding[];
  /** Ascending. */
  readonly records: readonly DescribedRecord[];
}

type Ports = Pick<ServerPorts, 'store'>;
type EnrolledSpeaker = Speaker & { readonly publicKey: string };

const findSpeaker = async (
  { store }: Ports,
  id: string,
): Promise<Result<EnrolledSpeaker, ProblemOf<'unknownSpeaker'>>> => {
  const speaker = await store.speakerById(id);
  const publicKey = speaker?.publicKey ?? null;
  return speaker === undefined || publicKey === null
    ? refuse({ code: 'unknownSpeaker', speaker: id })
    : ok({ ...speaker, publicKey });
};

/**
 * The last `limit` records before `before` (of the whole log when it is left out), each checked
 * again, and everything that did not fit. Errors: unknownSpeaker. Source: AIRTIME.md, 2.
 */
export const describeLog = async (
  ports: Ports,
  id: string,
  page: { readonly before?: number | undefined; readonly limit: number },
): Promise<Result<DescribedLog, ProblemOf<'unknownSpeaker'>>> => {
  const speaker = await findSpeaker(ports, id);
  if (!speaker.ok) return speaker;
  const { publicKey } = speaker.value;
  const { store } = ports;
  const head = await store.logHead(id);
  const to = Math.min(head.seq, (page.before ?? head.seq + 1) - 1);
  const from = Math.max(1, to - Math.min(page.limit, MAX_LOG_PAGE) + 1);
  const [before] = await store.records(id, from - 1, from - 1);
  const stored = await store.records(id, from, to);
  const start: LogHead = before ?? { seq: 0, hash: GENESIS_HASH };
  const tools = logTools(Buffer.from(publicKey, 'base64'));
  const records = stored.map((one, index) =>
    describeRecord(one, stored[index - 1] ?? start, tools),
  );
  const findings = (await store.findings(id)).map(describeFinding);
  return ok({ speaker: id, publicKey, head, findings, records });
};

const describeFinding = (finding: StoredFinding): DescribedFinding => {
  // A finding is kept as the code and the facts of the problem that it was: new-findings.ts.
  const problem = { ...finding.facts, code: finding.code } as Problem;
  const sentence = { vi: problemToSentence(problem, 'vi'), en: problemToSentence(problem, 'en') };
  return { ...finding, sentence };
};

const describeRecord = (
  { seq, hash, receivedMs, record, envelope }: StoredRecord,
  before: LogHead,
  tools: LogTools,
): DescribedRecord => {
  const opened = openRecord(envelopeSchema.parse(JSON.parse(envelope)), tools);
  const isSame = opened.ok && opened.value.hash === hash;
  const follows = followChain(before, record, hash);
  return {
    seq,
    hash,
    receivedMs,
    record,
    signature: opened.ok ? 'right' : opened.problem.code,
    chain: isSame && follows.ok ? 'right' : 'broken',
  };
};

/**
 * The whole log as it came, one envelope a line, page by page. Errors: unknownSpeaker. Source:
 * `tieng-lang verify`.
 */
export const exportLog = async (
  ports: Ports,
  id: string,
): Promise<Result<AsyncGenerator<string>, ProblemOf<'unknownSpeaker'>>> => {
  const speaker = await findSpeaker(ports, id);
  return speaker.ok ? ok(logLines(ports, id)) : speaker;
};

async function* logLines({ store }: Ports, id: string): AsyncGenerator<string> {
  const head = await store.logHead(id);
  for (let from = 1; from <= head.seq; from += MAX_LIST) {
    const page = await store.records(id, from, Math.min(head.seq, from + MAX_LIST - 1));
    yield page.map(({ envelope }) => `${envelope}\n`).join('');
  }
}
