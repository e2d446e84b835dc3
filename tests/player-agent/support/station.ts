import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { openEnvelope } from '#core/envelope.ts';
import { type ChainHead, emptyChain, followChain } from '#core/log-chain.ts';
import { headBehindGap, logGapForm } from '#core/log-gap.ts';
import { openStatement } from '#core/open-statement.ts';
import type { Clock } from '#runtime/clock.ts';
import { logTools } from '#runtime/open-record.ts';
import {
  byteCodec,
  publicKeyToKeyId,
  type Signer,
  sealEnvelope,
  sha256,
  verifyEd25519,
} from '#runtime/signing.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { Envelope, Purpose } from '#schemas/envelope.ts';
import type { Emergency } from '#schemas/evidence.ts';
import type { Health } from '#schemas/health.ts';
import type { SpeakerLimits } from '#schemas/limits.ts';
import type { Playlist, Session, Slot } from '#schemas/playlist.ts';
import type { PlaylistPointer } from '#schemas/pointer.ts';
import type { LogGap } from '#schemas/records/log-gap.ts';
import { type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { type TopicName, topicOf } from '#schemas/topics.ts';
import { SITE } from '#tests/support/brokers.ts';
import { newSigner } from '#tests/support/signed-log.ts';

export const ZONE = 'Asia/Ho_Chi_Minh';
export const SPEAKER = '0197a000-0000-7000-8000-000000000001';
export const BULLETIN = '0197a000-0000-7000-8000-0000000000b1';
export const CAMPAIGN = '0197a000-0000-7000-8000-0000000000c1';

/** An id that sorts after those with smaller numbers. */
export const idOf = (number: number): string =>
  `0197a000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** Clip bytes of which a test knows the length in milliseconds. */
export interface TestClip {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly durationMs: number;
}

export const clipOf = (name: string, durationMs: number): TestClip => {
  const bytes = Buffer.from(`${name} `.repeat(400));
  return { bytes, sha256: sha256(bytes), durationMs };
};

export const slotOf = (clip: TestClip, change: Partial<Slot> = {}): Slot => ({
  offsetMs: 0,
  durationMs: clip.durationMs,
  kind: 'clip',
  clip: { sha256: clip.sha256, bytes: clip.bytes.length, durationMs: clip.durationMs },
  bulletin: BULLETIN,
  campaigns: [CAMPAIGN],
  role: 'bulletin',
  priority: 'normal',
  validFromMs: 0,
  expiresMs: 200_000_000_000_000,
  ...change,
});

/** A planned session of these clips, one after the other. */
export const sessionOf = (
  startMs: number | null,
  clips: readonly TestClip[],
  change: Partial<Session> = {},
): Session => {
  let offsetMs = 0;
  const slots = clips.map((clip) => {
    const slot = slotOf(clip, { offsetMs });
    offsetMs += clip.durationMs;
    return slot;
  });
  const id = startMs === null ? null : plannedSessionId(startMs);
  const rest = { latestStartMin: 60, drill: false, priority: 'normal', volume: null } as const;
  return { id, startMs, ...rest, slots, ...change };
};

export const playlistOf = (day: string | null, sessions: readonly Session[]): Playlist => ({
  v: 1,
  site: SITE,
  day,
  sessions: [...sessions],
});

/** How a message leaves the station. */
export type PublishAs = (message: { topic: string; payload: Uint8Array; retain: boolean }) => void;

/** Stands where the server stands: signs, answers the time, checks and stores records. */
export interface Station {
  readonly site: Signer;
  readonly speaker: Signer;
  grant(broker?: Partial<EnrolmentGrant['broker']>): EnrolmentGrant;
  /** Publishes the list and gives its name. */
  plan(playlist: Playlist): string;
  point(change: Partial<PlaylistPointer>): void;
  limit(change?: Partial<SpeakerLimits>): void;
  /** Publishes an emergency of two repeats that is meant for the speaker, and gives it back. */
  alarm(change?: Partial<Emergency>, signer?: Signer): Emergency;
  send(name: TopicName, payload: unknown, options?: { signer?: Signer; purpose?: Purpose }): void;
  sendRaw(topic: string, payload: Uint8Array): void;
  /** What a speaker wrote. */
  receive(message: { readonly topic: string; readonly payload: Uint8Array }): void;
  /** While false, no question about the time is answered. */
  answersTime(does: boolean): void;
  /** While false, records are stored and not acknowledged. */
  acknowledges(does: boolean): void;
  readonly records: readonly LogRecord[];
  /** What the speaker signed to have lost. */
  readonly gaps: readonly LogGap[];
  /** How often a record came that was stored already. */
  repeats(): number;
  health(): Health | undefined;
  head(): ChainHead;
}

export const createStation = (
  clock: Pick<Clock, 'wallMs'>,
  publish: PublishAs,
  speaker: Signer = newSigner(),
): Station => {
  const site = newSigner();
  const records: LogRecord[] = [];
  const gaps: LogGap[] = [];
  let head = emptyChain;
  let repeated = 0;
  let answers = true;
  let acks = true;
  let lastHealth: Health | undefined;
  let revision = 0;
  let emergencies = 0;
  const bytesOf = (value: unknown) => Buffer.from(canonicalJson(value as JsonValue), 'utf8');
  const topic = (name: TopicName) => topicOf(name, { site: SITE, speaker: SPEAKER });
  const send: Station['send'] = (name, payload, options = {}) => {
    const isSigned = ['pointer', 'limits', 'permit', 'timeAnswer'].includes(name);
    const purposes: Partial<Record<TopicName, Purpose>> = { timeAnswer: 'time' };
    const purpose = options.purpose ?? purposes[name] ?? (name as Purpose);
    const body = isSigned
      ? sealEnvelope(options.signer ?? site, purpose, bytesOf(payload))
      : payload;
    const retain = ['pointer', 'limits', 'permit'].includes(name);
    publish({ topic: topic(name), payload: Buffer.from(JSON.stringify(body)), retain });
  };
  const crossGap = (envelope: Envelope, first: Envelope) => {
    const opened = openStatement(envelope, logGapForm, logTools(speaker.publicKey));
    if (!opened.ok) throw new Error(`gap refused: ${opened.problem.code}`);
    const payload = JSON.parse(Buffer.from(first.payload, 'base64').toString('utf8'));
    const behind = headBehindGap(head, opened.value, logRecordSchema.parse(payload));
    if (behind === undefined) return;
    head = behind;
    gaps.push(opened.value);
  };
  const store = (envelope: Envelope) => {
    const keyId = publicKeyToKeyId(speaker.publicKey);
    const opened = openEnvelope({
      envelope,
      purpose: 'record',
      keys: [{ keyId, publicKey: speaker.publicKey, purposes: ['record'] }],
      codec: byteCodec,
      verify: verifyEd25519,
    });
    if (!opened.ok) throw new Error(`record refused: ${opened.problem.code}`);
    const record = logRecordSchema.parse(JSON.parse(Buffer.from(opened.value).toString('utf8')));
    if (record.seq <= head.seq) {
      repeated += 1;
      return;
    }
    const followed = followChain(head, record, sha256(opened.value));
    if (!followed.ok) throw new Error(`chain refused: ${JSON.stringify(followed.problem)}`);
    head = followed.value;
    records.push(record);
  };
  return {
    site,
    speaker,
    records,
    gaps,
    head: () => head,
    repeats: () => repeated,
    health: () => lastHealth,
    answersTime: (does) => {
      answers = does;
    },
    acknowledges: (does) => {
      acks = does;
      if (does) send('recordAck', { upTo: head.seq });
    },
    grant: (broker = {}) => ({
      v: 1,
      site: SITE,
      zone: ZONE,
      speaker: SPEAKER,
      siteKeys: [Buffer.from(site.publicKey).toString('base64')],
      broker: {
        ...{ url: 'mqtt://127.0.0.1:1', username: SPEAKER, password: 'x'.repeat(24) },
        ...broker,
      },
      clips: { url: 'http://clips.test/clips' },
    }),
    plan: (playlist) => {
      const payload = bytesOf(playlist);
      const hash = sha256(payload);
      publish({ topic: topicOf('plan', { site: SITE, sha256: hash }), payload, retain: true });
      return hash;
    },
    point: (change) => {
      revision = change.revision ?? revision + 1;
      const base = { v: 1, site: SITE, speaker: SPEAKER, issuedMs: clock.wallMs() };
      send('pointer', { ...base, days: {}, orders: [], withdrawn: [], ...change, revision });
    },
    limit: (change = {}) => {
      const base = { v: 1, site: SITE, speaker: SPEAKER, revision: 1, issuedMs: clock.wallMs() };
      const quietHours = [{ from: '21:00', to: '05:00' }];
      const rest = { zone: ZONE, quietHours, maxVolume: 90, volume: 80, maxContinuousMin: 120 };
      send('limits', { ...base, ...rest, ...change });
    },
    alarm: (change = {}, signer = site) => {
      emergencies += 1;
      const emergency: Emergency = {
        ...{ v: 1, site: SITE, id: idOf(0xe00 + emergencies) },
        ...{ issuedMs: clock.wallMs(), expiresMs: clock.wallMs() + 3_600_000, drill: false },
        ...{ units: [], speakers: [SPEAKER], playlist: null, repeats: 2, volume: null },
        ...{ cancels: null, ...change },
      };
      const envelope = sealEnvelope(signer, 'emergency', bytesOf(emergency));
      const at = topicOf('emergency', { site: SITE, emergency: emergency.id });
      publish({ topic: at, payload: Buffer.from(JSON.stringify(envelope)), retain: true });
      return emergency;
    },
    send,
    sendRaw: (topicName, payload) => publish({ topic: topicName, payload, retain: false }),
    receive: (message) => {
      const body = JSON.parse(Buffer.from(message.payload).toString('utf8'));
      if (message.topic === topic('timeQuestion') && answers) {
        const answer = { v: 1, site: SITE, speaker: SPEAKER, nonce: body.nonce };
        send('timeAnswer', { ...answer, serverMs: clock.wallMs() });
      }
      if (message.topic === topic('health')) lastHealth = body;
      if (message.topic !== topic('recordBatch')) return;
      if (body.gap !== undefined) crossGap(body.gap, body.records[0]);
      for (const envelope of body.records) store(envelope);
      if (acks) send('recordAck', { upTo: head.seq });
    },
  };
};
