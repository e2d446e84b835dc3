import { eq } from 'drizzle-orm';
import type { HotlineRemoval } from '#schemas/entities/hotline.ts';
import type { Ident } from '#schemas/entities/ident.ts';
import type { Change, Entities, EntityName, RemovableName } from '../ports/store.ts';
import type { StoredOrder } from '../ports/stored-plan.ts';
import type { OpenDatabase } from './open-database.ts';
import * as airtime from './tables/airtime.ts';
import * as content from './tables/content.ts';
import * as urgent from './tables/emergency.ts';
import * as link from './tables/link.ts';
import * as site from './tables/site.ts';
import { uploads } from './tables/uploads.ts';
import { createUserWriter } from './user-writer.ts';
import { createWriter, type Writer } from './writer.ts';

type Writers = { readonly [K in EntityName]: Writer<Entities[K]> };

const placeOf = ({ role, unit }: Ident): string => `${role}/${unit ?? ''}`;
const placeOfNumber = ({ key, unit }: HotlineRemoval): string => `${key}/${unit ?? ''}`;

/** The key of each kind, as it is named to people. */
const keyBy: { readonly [K in EntityName]: (value: Entities[K]) => string } = {
  site: ({ slug }) => slug,
  unit: ({ id }) => id,
  speaker: ({ id }) => id,
  directive: ({ id }) => id,
  campaign: ({ id }) => id,
  rule: ({ id, version }) => `${id}/${version}`,
  cap: ({ id, version }) => `${id}/${version}`,
  programme: ({ id }) => id,
  excuse: ({ rule, speaker, periodFrom }) => `${rule}/${speaker}/${periodFrom}`,
  lock: ({ week }) => week,
  correction: ({ id }) => id,
  clip: ({ sha256 }) => sha256,
  making: ({ bulletin }) => bulletin,
  bulletin: ({ id }) => id,
  bulletinComment: ({ id }) => id,
  upload: ({ id }) => id,
  pronunciation: ({ written }) => written,
  hotline: ({ id }) => id,
  hotlineRemoval: placeOfNumber,
  ident: placeOf,
  saidNumbers: ({ bulletin }) => bulletin,
  release: ({ id }) => id,
  playlist: ({ sha256 }) => sha256,
  pointer: ({ speaker }) => speaker,
  speakerReport: ({ speaker }) => speaker,
  limits: ({ speaker }) => speaker,
  order: ({ order }) => order.id,
  enrolmentCode: ({ speaker }) => speaker,
  speakerSecret: ({ speaker }) => speaker,
  record: ({ speaker, seq }) => `${speaker}/${seq}`,
  finding: ({ id }) => id,
  emergency: ({ id }) => id,
  emergencyAnswer: ({ speaker, seq }) => `${speaker}/${seq}`,
  user: ({ username }) => username,
  note: ({ name }) => name,
};

const orderToRow = (stored: StoredOrder) => ({
  ...stored,
  id: stored.order.id,
  expiresMs: stored.order.expiresMs,
});

const createOrderWriter = (database: OpenDatabase): Writer<StoredOrder> => {
  const rows = createWriter(database, link.orders, [link.orders.id]);
  return {
    put: (value) => rows.put(orderToRow(value)),
    insert: (value) => rows.insert(orderToRow(value)),
  };
};

const createIdentWriter = (database: OpenDatabase): Writer<Ident> => {
  const rows = createWriter(database, content.idents, [content.idents.place]);
  return {
    put: (value) => rows.put({ ...value, place: placeOf(value) }),
    insert: (value) => rows.insert({ ...value, place: placeOf(value) }),
  };
};

const createRemovalWriter = (database: OpenDatabase): Writer<HotlineRemoval> => {
  const rows = createWriter(database, content.hotlineRemovals, [content.hotlineRemovals.place]);
  return {
    put: (value) => rows.put({ ...value, place: placeOfNumber(value) }),
    insert: (value) => rows.insert({ ...value, place: placeOfNumber(value) }),
  };
};

const createWriters = (database: OpenDatabase): Writers => ({
  site: createWriter(database, site.sites, [site.sites.slug]),
  unit: createWriter(database, site.units, [site.units.id]),
  speaker: createWriter(database, site.speakers, [site.speakers.id]),
  directive: createWriter(database, airtime.directives, [airtime.directives.id]),
  campaign: createWriter(database, airtime.campaigns, [airtime.campaigns.id]),
  rule: createWriter(database, airtime.rules, [airtime.rules.id, airtime.rules.version]),
  cap: createWriter(database, airtime.caps, [airtime.caps.id, airtime.caps.version]),
  programme: createWriter(database, airtime.programmes, [airtime.programmes.id]),
  excuse: createWriter(database, airtime.excuses, [airtime.excuses.id]),
  lock: createWriter(database, airtime.locks, [airtime.locks.week]),
  correction: createWriter(database, airtime.corrections, [airtime.corrections.id]),
  clip: createWriter(database, content.clips, [content.clips.sha256]),
  making: createWriter(database, content.makings, [content.makings.bulletin]),
  bulletin: createWriter(database, content.bulletins, [content.bulletins.id]),
  bulletinComment: createWriter(database, content.bulletinComments, [content.bulletinComments.id]),
  upload: createWriter(database, uploads, [uploads.id]),
  pronunciation: createWriter(database, content.pronunciations, [content.pronunciations.written]),
  hotline: createWriter(database, content.hotlines, [content.hotlines.id]),
  hotlineRemoval: createRemovalWriter(database),
  ident: createIdentWriter(database),
  saidNumbers: createWriter(database, content.saidNumbers, [content.saidNumbers.bulletin]),
  release: createWriter(database, content.releases, [content.releases.id]),
  playlist: createWriter(database, link.playlists, [link.playlists.sha256]),
  pointer: createWriter(database, link.pointers, [link.pointers.speaker]),
  speakerReport: createWriter(database, link.speakerReports, [link.speakerReports.speaker]),
  limits: createWriter(database, link.limits, [link.limits.speaker]),
  order: createOrderWriter(database),
  enrolmentCode: createWriter(database, site.enrolmentCodes, [site.enrolmentCodes.codeHash]),
  speakerSecret: createWriter(database, site.speakerSecrets, [site.speakerSecrets.speaker]),
  record: createWriter(database, link.records, [link.records.speaker, link.records.seq]),
  finding: createWriter(database, link.findings, [link.findings.id]),
  emergency: createWriter(database, urgent.emergencies, [urgent.emergencies.id]),
  emergencyAnswer: createWriter(database, urgent.emergencyAnswers, [
    urgent.emergencyAnswers.speaker,
    urgent.emergencyAnswers.seq,
  ]),
  user: createUserWriter(database.orm),
  note: createWriter(database, site.notes, [site.notes.name]),
});

const createRemovers = ({
  orm,
}: OpenDatabase): { readonly [K in RemovableName]: (value: Entities[K]) => void } => ({
  hotline: ({ id }) => void orm.delete(content.hotlines).where(eq(content.hotlines.id, id)).run(),
});

/** What a change is about, for a person. */
export const subjectOf = (change: Change): { what: EntityName; id: string } => {
  const keyOf: (value: never) => string = keyBy[change.what];
  // The table above pairs each kind with its own key; the union does not remember that.
  return { what: change.what, id: keyOf(change.value as never) };
};

/** Carries out one change at a time, inside the transaction that stands. */
export const createChangeWriter = (database: OpenDatabase): ((change: Change) => void) => {
  const writers = createWriters(database);
  const remove = createRemovers(database);
  return (change) => {
    if (change.do === 'remove') return remove[change.what](change.value);
    const writer: Writer<never> = writers[change.what];
    // As above: each kind has its own writer.
    writer[change.do](change.value as never);
  };
};
