import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Campaign, Directive, Site, Speaker, Unit } from '#schemas/entities/site.ts';
import { usualChoices } from '#schemas/making.ts';
import { usualManner } from '#schemas/speech.ts';
import type { Entities } from '#server/ports/store.ts';
import { clip, upload } from './content-entities.ts';
import { inspected } from './inspection-entities.ts';

/** Ids as they are written, one per letter. */
export const idOf = (digit: number): string =>
  `01900000-0000-7000-8000-${String(digit).padStart(12, '0')}`;
export const hashOf = (letter: string): string => letter.repeat(64);

const site: Site = {
  slug: 'xa-thu',
  name: 'Xã Thử',
  zone: 'Asia/Ho_Chi_Minh',
  fourEyes: true,
  createdMs: 1,
};
const unit: Unit = {
  id: idOf(1),
  parent: null,
  level: 'commune',
  name: 'Xã Thử',
  from: '2025-01-01',
  to: null,
};
const speaker: Speaker = {
  id: idOf(2),
  unit: unit.id,
  name: 'Cụm loa thôn Đoài',
  state: 'enrolled',
  publicKey: null,
  keyId: null,
  volume: 80,
  createdMs: 2,
  enrolledMs: null,
  removedMs: null,
};
const directive: Directive = {
  id: idOf(3),
  number: '12/KH-UBND',
  issuer: 'UBND xã Thử',
  day: '2025-01-02',
  abstract: 'Tuyên truyền cao điểm',
};
const campaign: Campaign = {
  id: idOf(4),
  name: 'Đợt cao điểm',
  directive: directive.id,
  from: '2025-01-03',
  to: '2025-03-31',
};
const rule: AirtimeRule = {
  id: idOf(5),
  version: 1,
  versionFrom: '2025-01-03',
  directive: directive.id,
  campaign: campaign.id,
  unit: unit.id,
  scope: 'own',
  level: null,
  coverage: { numerator: 1, denominator: 1 },
  per: 'day',
  everyDays: null,
  minOccurrences: 2,
  minMinutes: 30,
  from: '2025-01-03',
  to: '2025-03-31',
  weekdays: [],
  dayparts: [{ from: '05:30', to: '06:30' }],
  minSpacingMin: 0,
  maxGapS: 60,
  startToleranceS: 120,
  counts: 'campaign',
  unlessAired: null,
};
const cap: Entities['cap'] = {
  id: idOf(6),
  version: 1,
  unit: unit.id,
  from: '2025-01-01',
  to: null,
  maxSessionsPerDay: 4,
  maxDaysPerWeek: null,
  maxSessionMinutes: 45,
  maxDayMinutes: null,
  forbiddenWeekdays: [7],
  quietHours: [{ from: '21:00', to: '05:00' }],
};
const bulletin: Bulletin = {
  id: idOf(8),
  title: 'Cảnh giác lừa đảo',
  script: null,
  language: 'vi',
  campaigns: [campaign.id],
  units: [unit.id],
  supplier: 'Công an xã',
  role: 'bulletin',
  priority: 'normal',
  clip: clip.sha256,
  state: 'submitted',
  rejectReason: null,
  manner: usualManner,
  trial: false,
  validFromMs: 0,
  expiresMs: 9_000_000,
  createdBy: { kind: 'user', id: 'lan' },
  createdMs: 4,
  releasedMs: null,
  first: idOf(8),
  version: 2,
  versionReason: 'Đổi số điện thoại',
};
const making: Entities['making'] = {
  bulletin: bulletin.id,
  clip: clip.sha256,
  original: { sha256: hashOf('e'), bytes: 5000 },
  sourceMs: 62_000,
  cutStartMs: 1500,
  cutEndMs: 500,
  choices: usualChoices,
  peaks: [0, 255, 120],
};
const record: Entities['record'] = (() => {
  const line = {
    v: 1,
    site: site.slug,
    speaker: speaker.id,
    seq: 1,
    prev: hashOf('0'),
    boot: idOf(20),
    posMs: 5,
    clock: { source: 'none', offsetMs: null, uncertaintyMs: null },
    kind: 'heartbeat',
    openSession: null,
  } as const;
  const envelope = JSON.stringify({
    keyId: '0'.repeat(32),
    purpose: 'record',
    payload: Buffer.from(JSON.stringify(line)).toString('base64'),
    signature: `${'A'.repeat(86)}==`,
  });
  return {
    speaker: speaker.id,
    seq: 1,
    hash: hashOf('1'),
    record: line,
    envelope,
    receivedMs: 10,
  };
})();

/** One value of every kind, each of which names only those before it. */
export const entities: Entities = {
  ...inspected,
  site,
  unit,
  speaker,
  directive,
  campaign,
  rule,
  cap,
  clip,
  bulletin,
  making,
  upload,
  programme: {
    id: idOf(13),
    unit: unit.id,
    name: 'Tiếp âm đài tỉnh',
    from: '2025-01-01',
    to: null,
    weekdays: [1, 2, 3, 4, 5],
    startsAt: '05:30',
    endsAt: '06:00',
    suspended: false,
  },
  pronunciation: {
    written: 'Lazada',
    spoken: 'la da đa',
    changedBy: { kind: 'user', id: 'lan' },
    changedMs: 5,
  },
  ident: {
    role: 'ident',
    unit: unit.id,
    bulletin: idOf(8),
    changedBy: { kind: 'user', id: 'lan' },
    changedMs: 7,
  },
  hotline: {
    id: idOf(14),
    key: 'cong-an-xa',
    kind: 'police',
    name: 'Công an xã',
    unit: unit.id,
    number: '0237 3721 150',
    changedBy: { kind: 'user', id: 'lan' },
    changedMs: 5,
  },
  hotlineRemoval: {
    key: 'cong-an-xa',
    unit: unit.id,
    changedBy: { kind: 'user', id: 'lan' },
    changedMs: 6,
  },
  saidNumbers: {
    bulletin: bulletin.id,
    numbers: { 'cong-an-xa': '0237 3721 150' },
    readMs: 6,
    changedBy: [{ kind: 'user', id: 'lan' }],
  },
  release: {
    id: idOf(9),
    bulletin: bulletin.id,
    clip: clip.sha256,
    envelope: '{}',
    releasedMs: 5,
  },
  playlist: { sha256: hashOf('b'), text: '{}', createdMs: 6 },
  pointer: {
    speaker: speaker.id,
    revision: 1,
    days: { '2025-01-03': hashOf('b') },
    envelope: '{}',
    withdrawals: { [idOf(21)]: 1 },
  },
  speakerReport: { speaker: speaker.id, pointerRevision: 1, preflight: null },
  limits: { speaker: speaker.id, revision: 1, envelope: '{}' },
  order: {
    speaker: speaker.id,
    order: { kind: 'stop', id: idOf(10), expiresMs: 1000 },
    drill: true,
    createdMs: 8,
  },
  enrolmentCode: {
    codeHash: hashOf('c'),
    speaker: speaker.id,
    expiresMs: 100,
    usedMs: null,
  },
  speakerSecret: { speaker: speaker.id, secretHash: hashOf('d') },
  record,
  finding: {
    id: idOf(11),
    speaker: speaker.id,
    seq: 1,
    code: 'chainBroken',
    facts: { seq: 1 },
    foundMs: 11,
  },
  bulletinComment: {
    id: idOf(31),
    first: bulletin.id,
    bulletin: bulletin.id,
    author: 'lan',
    text: 'Đọc lại số điện thoại',
    atMs: 31,
  },
  user: {
    id: idOf(12),
    username: 'lan',
    name: 'Lan',
    roles: ['operator', 'approver'],
    unit: unit.id,
    passwordHash: 'hash',
    passwordChangeRequired: true,
    createdMs: 12,
  },
  emergency: {
    id: idOf(21),
    envelope: '{}',
    issuedMs: 11,
    expiresMs: 12,
    bulletins: [bulletin.id],
    cancelledMs: null,
    cleared: false,
  },
  emergencyAnswer: {
    emergency: idOf(21),
    speaker: speaker.id,
    seq: 1,
    outcome: 'refused',
    reason: 'expired',
    receivedMs: 13,
  },
  note: { name: 'trialPlayed', text: 'yes' },
};
