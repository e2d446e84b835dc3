import * as z from 'zod';
import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { topicOf } from '#schemas/topics.ts';
import type { RunningServer } from '#server/main.ts';
import { appendAired } from './aired-log.ts';
import { type ApiCaller, callAs } from './api-caller.ts';
import { inServerStore } from './in-server-store.ts';
import { newMachine } from './new-machine.ts';
import { createSignedLog } from './signed-log.ts';
import { connectSpeaker } from './speaker-client.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SLOT_MS = 60_000;

const withIdSchema = z.looseObject({ id: z.string() });

/** A speaker of a running server that has owed a rule for days, played by a test over the wire. */
export interface OwingSpeaker {
  readonly speaker: string;
  readonly rule: string;
  readonly campaign: string;
  /** Sends what a perfect airing of one minute would leave, and resolves when the broker has it. */
  air(): Promise<void>;
  close(): Promise<void>;
}

/** Makes it; `dataFolder` is the server's, because nobody is enrolled in the past. */
export const openOwingSpeaker = async (
  server: RunningServer,
  dataFolder: string,
  administrator: ApiCaller,
): Promise<OwingSpeaker> => {
  const nowMs = Math.floor(systemClock().wallMs());
  const today = localDayAt(nowMs, ZONE);
  const days = { from: addDays(today, -2), to: addDays(today, 30) };
  const [first] = z.array(withIdSchema).parse(await administrator.get('/api/speakers'));
  const speaker = first?.id ?? '';
  const issued = await administrator.post(`/api/speakers/${speaker}/code`);
  const { code } = z.looseObject({ code: z.string() }).parse(issued);
  const machine = newMachine();
  const answer = await callAs(server.url).post('/api/enrol', machine.request(code));
  const { site, broker } = enrolmentGrantSchema.parse(answer);
  await inServerStore(dataFolder, async (store) => {
    const value = await store.speakerById(speaker);
    if (value === undefined) throw new Error('no speaker');
    const enrolledMs = nowMs - 3 * DAY_MS;
    const units = (await store.units()).map((unit) => ({ ...unit, from: addDays(today, -9) }));
    await store.commit({
      changes: [
        { do: 'put', what: 'speaker', value: { ...value, enrolledMs } },
        ...units.map((unit) => ({ do: 'put', what: 'unit', value: unit }) as const),
      ],
    });
  });
  const named = { name: 'Phòng cháy', directive: null, ...days };
  const campaign = withIdSchema.parse(await administrator.post('/api/campaigns', named)).id;
  const [unit] = z.array(withIdSchema).parse(await administrator.get('/api/units'));
  const rule = withIdSchema.parse(
    await administrator.post('/api/rules', {
      ...{ campaign, unit: unit?.id, scope: 'subtree', minOccurrences: 1, ...days },
      confirmed: ['ruleStartsInPast', 'ruleBindsNobody', 'campaignWithoutBulletins'],
    }),
  ).id;
  const client = await connectSpeaker(broker.url, { speaker, secret: broker.password });
  const log = createSignedLog({ site, speaker, signer: machine.signer });
  const topic = topicOf('recordBatch', { site, speaker });
  const send = (records: readonly Envelope[]) =>
    client.mqtt.publishAsync(topic, JSON.stringify({ records }), { qos: 1 });
  let airings = 0;
  return {
    speaker,
    rule,
    campaign,
    air: async () => {
      airings += 1;
      const startMs = nowMs - airings * 3 * MINUTE_MS;
      const playlist: Playlist = { v: 1, site, day: today, sessions: [session(startMs, campaign)] };
      const boot = createId(systemClock(), systemEntropy);
      const span = { fromMs: startMs - HOUR_MS, toMs: startMs + 2 * SLOT_MS };
      await send(appendAired(log, [playlist], { speaker, boot, ...span }));
    },
    close: () => client.mqtt.endAsync(true),
  };
};

const session = (startMs: number, campaign: string): Session => ({
  id: plannedSessionId(startMs),
  startMs,
  latestStartMin: 60,
  drill: false,
  priority: 'normal',
  volume: null,
  slots: [
    {
      offsetMs: 0,
      durationMs: SLOT_MS,
      kind: 'clip',
      clip: { sha256: 'a'.repeat(64), bytes: 1, durationMs: SLOT_MS },
      bulletin: campaign,
      campaigns: [campaign],
      role: 'bulletin',
      priority: 'normal',
      validFromMs: 0,
      expiresMs: startMs + DAY_MS,
    },
  ],
});
