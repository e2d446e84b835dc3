import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { planDays } from '#server/services/plan-days.ts';
import { playlistOn } from '#server/services/planned-sessions.ts';
import { receiveRecords } from '#server/services/receive-records.ts';
import { appendAired } from './aired-log.ts';
import { NOON_MS, openPlannedSite } from './planned-site.ts';
import { createSignedLog } from './signed-log.ts';
import { newId } from './site-in-store.ts';

const HOUR_MS = 3_600_000;
/** The day that `air` airs, and its week's Monday. */
export const AIRED_DAY = '2026-03-11';
export const AIRED_WEEK = '2026-03-09';
/** The speaker is switched on the evening before the day, and gives a sign after it. */
export const AIRED_FROM_MS = NOON_MS + 8 * HOUR_MS;
const TO_MS = NOON_MS + 37 * HOUR_MS;

/** A broker that nobody listens to. */
export const idleBroker = {
  publish: async () => undefined,
  onMessage: () => undefined,
  onUp: () => undefined,
  admit: async () => undefined,
  expel: async () => undefined,
  close: async () => undefined,
};

/** A planned site with one speaker, whose log of the day a test can write and send. */
export const openAiredSite = async (rule: Partial<AirtimeRule> = {}) => {
  const site = await openPlannedSite(rule);
  const { speaker, signer } = await site.site.enrol();
  await planDays(site.ports);
  const playlist = async (): Promise<Playlist> => {
    const hash = await playlistOn(site.store, speaker.id, AIRED_DAY);
    const stored = await site.store.playlistBySha256(hash ?? '');
    return playlistSchema.parse(JSON.parse(stored?.text ?? ''));
  };
  const log = createSignedLog({ site: 'xa-mau', speaker: speaker.id, signer });
  const boot = newId();
  const air = async (keep?: (record: LogRecord) => boolean, aired?: Playlist) =>
    appendAired(log, [aired ?? (await playlist())], {
      speaker: speaker.id,
      boot,
      fromMs: AIRED_FROM_MS,
      toMs: TO_MS,
      ...(keep === undefined ? {} : { keep }),
    });
  const send = (records: readonly Envelope[]) =>
    receiveRecords({ ...site.ports, broker: idleBroker }, speaker.id, { records: [...records] });
  return { ...site, speaker, log, boot, playlist, air, send };
};
