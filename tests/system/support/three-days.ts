import { join } from 'node:path';
import * as z from 'zod';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { systemClock } from '#runtime/clock.ts';
import type { Verdict } from '#schemas/verdict.ts';
import type { RunningServer } from '#server/main.ts';
import { type Commune, foundCommune, type Released } from '#tests/support/commune.ts';
import { type CuttableWire, createCuttableWire } from '#tests/support/cuttable-wire.ts';
import { quickenSockets } from '#tests/support/event-loop-rest.ts';
import { type PlannedSlot, plannedSlots, verdictOf } from '#tests/support/evidence.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { type FakeVillage, foundVillage } from '#tests/support/fake-village.ts';
import { freePort } from '#tests/support/mosquitto.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const EVE = '2026-11-22';
export const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25'] as const;
export const [FIRST, SECOND, THIRD] = DAYS;
/** The morning on which the speaker does not know the time. */
export const AFTER = '2026-11-26';

/** The instant of a wall time in the village, in epoch milliseconds. */
export const at = (day: string, time: string): number => Date.parse(`${day}T${time}+07:00`);

/** Where the story plays. */
export interface Scene {
  readonly clock: FakeClock;
  readonly place: ServerPlace;
  readonly wire: CuttableWire;
  readonly server: RunningServer;
  readonly commune: Commune;
  readonly village: FakeVillage;
  readonly rule: string;
  readonly bulletins: readonly Released[];
  end(): Promise<void>;
}

/** A stretch of instants in epoch milliseconds. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was done, and what was to be seen on the way. */
export interface Story {
  readonly plannedByDay: ReadonlyMap<string, readonly PlannedSlot[]>;
  readonly verdictByDay: ReadonlyMap<string, Verdict>;
  /** The list that was ordered by hand in quiet hours, and until when it was said to wait. */
  readonly byHand: { readonly bulletin: Released; readonly waitsUntil: string };
  readonly withdrawn: {
    readonly bulletin: Released;
    readonly atMs: number;
    /** How often the days after it had it before. */
    readonly plannedBefore: number;
  };
  readonly outage: Stretch & { readonly publishedBefore: number };
  readonly powerCut: Stretch;
  readonly untrusted: Stretch;
}

/** The day before: a server, people, recordings, a rule, and a speaker that is enrolled. */
export const setScene = async (): Promise<Scene> => {
  const clock = createFakeClock(at(EVE, '08:00:00'));
  const slacken = quickenSockets();
  const place = await createServerPlace();
  const wire = await createCuttableWire();
  const port = await freePort();
  wire.leadTo(port);
  const MQTT_PUBLIC_URL = `mqtt://127.0.0.1:${wire.port}`;
  const settings = { FOUR_EYES: 'true', MQTT_PORT: `${port}`, MQTT_PUBLIC_URL };
  const audio = createFfmpegAudioTools(systemClock());
  const server = await place.run({ settings, given: { clock, audio } });
  const days = { from: FIRST, to: AFTER };
  const commune = await foundCommune(server, place.folder, days);
  const bulletins: Released[] = [];
  for (const [index, seconds] of [14, 17, 20, 23].entries()) {
    const recording = { title: `Bản tin ${index + 1}`, format: 'mp3', skip: index * 8 } as const;
    bulletins.push(await commune.bring({ ...recording, seconds }));
    // Bulletins take turns by the instant of their release.
    await clock.advance(60_000);
  }
  const dayparts = [
    { from: '05:30', to: '06:30' },
    { from: '17:00', to: '18:30' },
  ];
  const rule = await commune.rule({ ...days, minOccurrences: 2, minMinutes: 1, dayparts });
  const folder = join(place.folder, 'agent');
  const code = await commune.code();
  const village = await foundVillage({ clock, folder, serverUrl: server.url, code });
  const end = async () => {
    await village.stop();
    await server.stop();
    await wire.close();
    await place.remove();
    slacken();
  };
  return { clock, place, wire, server, commune, village, rule, bulletins, end };
};

const waitsUntilSchema = z.tuple([z.looseObject({ waitsUntil: z.string() })]);

/** Lives through three days and the morning after, and remembers what was to be seen. */
export const liveThreeDays = async (scene: Scene): Promise<Story> => {
  const { clock, wire, commune, village, rule } = scene;
  const { operator, speaker } = commune;
  const plannedByDay = new Map<string, readonly PlannedSlot[]>();
  const verdictByDay = new Map<string, Verdict>();
  const lookAtPlan = async (day: string) =>
    void plannedByDay.set(day, await plannedSlots(operator, speaker, day));
  const judge = async (day: string) =>
    void verdictByDay.set(day, await verdictOf(operator, { rule, speaker, day }));
  const [byHand, withdrawn] = scene.bulletins;
  if (byHand === undefined || withdrawn === undefined) throw new Error('no bulletins');

  await village.start();
  await lookAtPlan(FIRST);
  await clock.advanceToWall(at(FIRST, '22:00'));
  const order = { speakers: [speaker], bulletins: [byHand.id] };
  const [{ waitsUntil }] = waitsUntilSchema.parse(await operator.post('/api/play', order));
  await clock.settle();
  wire.cut();
  const publishedBefore = village.published.length;

  await lookAtPlan(SECOND);
  await clock.advanceToWall(at(SECOND, '08:00'));
  wire.mend();
  await village.connected();
  await judge(FIRST);
  await clock.advanceToWall(at(SECOND, '17:00:31'));
  wire.cut();
  await village.cutPower();
  await clock.advanceToWall(at(SECOND, '17:00:41'));
  wire.mend();
  await village.start();
  await clock.advanceToWall(at(SECOND, '20:00'));
  const before = await plannedSlots(operator, speaker, THIRD);
  await operator.post(`/api/bulletins/${withdrawn.id}/withdraw`);
  await clock.settle();

  await clock.advanceToWall(at(THIRD, '00:01'));
  await judge(SECOND);
  await lookAtPlan(THIRD);
  await clock.advanceToWall(at(AFTER, '00:01'));
  await judge(THIRD);
  await clock.advanceToWall(at(AFTER, '05:10'));
  await village.stop();
  wire.cut();
  await village.start({ isOffline: true });
  await clock.advanceToWall(at(AFTER, '05:50'));
  wire.mend();
  await village.connected();

  return {
    plannedByDay,
    verdictByDay,
    byHand: { bulletin: byHand, waitsUntil },
    withdrawn: {
      bulletin: withdrawn,
      atMs: at(SECOND, '20:00'),
      plannedBefore: before.filter(({ bulletin }) => bulletin === withdrawn.id).length,
    },
    outage: { fromMs: at(FIRST, '22:00'), toMs: at(SECOND, '08:00'), publishedBefore },
    powerCut: { fromMs: at(SECOND, '17:00:31'), toMs: at(SECOND, '17:00:41') },
    untrusted: { fromMs: at(AFTER, '05:10'), toMs: at(AFTER, '05:50') },
  };
};
