import { join } from 'node:path';
import { wait } from '#runtime/clock.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { eventually } from '#tests/support/eventually.ts';
import {
  type PlannedSlot,
  readLog,
  type ToldLog,
  verdictOf,
  verifyExport,
} from '#tests/support/evidence.ts';
import { type Program, startProgram } from '#tests/support/program.ts';
import type { HeardAt } from './hold-against.ts';
import { drawKill, type KillInstant } from './seeded-kill.ts';
import { prepareSoundDay, type SoundEve } from './sound-eve.ts';
import type { SoundVillage } from './sound-village.ts';

const SECOND_MS = 1_000;
const DEADLINE_MS = 60 * SECOND_MS;
/** A session that was broken off may end later than planned by this. */
const OVERTIME_MS = 7 * SECOND_MS;
/** What is ordered by hand is stopped after this long. */
const STOP_AFTER_MS = 3 * SECOND_MS;
/** Long enough that one clip is not heard at all, and two are heard in part. */
const MUTE_AFTER_MS = 4 * SECOND_MS;
const MUTE_FOR_MS = 20 * SECOND_MS;
/** Recording begins so long before a session, and goes on so long after it. */
const MARGIN_MS = 4 * SECOND_MS;

/** What one village's log says beside what was recorded at its sink. */
export interface Aired {
  readonly log: ToldLog;
  readonly heard: readonly HeardAt[];
  readonly verdict: Verdict;
  /** The number of lines of the exported log, all of which hold. */
  readonly verified: number;
}

/** What was ordered by hand. */
export interface ByHand {
  readonly clip: string;
  readonly orderedMs: number;
  readonly stoppedMs: number;
}

/** A day of five minutes. Instants are epoch milliseconds. */
export interface SoundDay {
  readonly eve: SoundEve;
  readonly kill: KillInstant;
  readonly byHand: ByHand;
  readonly mute: { readonly fromMs: number; readonly toMs: number };
  /** Killed in the middle of a clip and started again; then ordered by hand, and stopped. */
  readonly killed: Aired;
  /** Muted in mid-session; its log is made from commands alone. */
  readonly deaf: Aired;
  /** Muted in mid-session; it listens to its own sink. */
  readonly listening: Aired;
  end(): Promise<void>;
}

const endOf = (slots: readonly PlannedSlot[]): number => {
  const last = slots.at(-1);
  return (last?.atMs ?? 0) + (last?.durationMs ?? 0);
};

/** Kills the agent in the middle of a clip of the first session, and starts it again. */
const killOnce = async ({ clock, sessions }: SoundEve, village: SoundVillage) => {
  const kill = drawKill(sessions[0]);
  const intoMs = kill.atMs - (sessions[0][0]?.atMs ?? 0);
  console.log(`TIENG_LANG_TEST_SEED=${kill.seed}: SIGKILL ${intoMs} ms into the first session`);
  await wait(clock, kill.atMs - clock.wallMs());
  await village.program().end('SIGKILL');
  village.start();
  return kill;
};

/** Orders a bulletin by hand and stops it while it sounds. */
const playAndStop = async (
  { clock, commune, bulletins }: SoundEve,
  program: Program,
): Promise<ByHand> => {
  const { operator, speaker } = commune;
  const [bulletin] = bulletins;
  const orderedMs = clock.wallMs();
  await operator.post('/api/play', { speakers: [speaker], bulletins: [bulletin?.id] });
  await program.next('itemSounds', ({ session }) => String(session).startsWith('h-'));
  await wait(clock, STOP_AFTER_MS);
  const stoppedMs = clock.wallMs();
  await operator.post('/api/stop', { speakers: [speaker] });
  return { clip: bulletin?.clip ?? '', orderedMs, stoppedMs };
};

/** Mutes the sinks behind the players' backs for a while. */
const muteAll = async ({ clock }: SoundEve, villages: readonly SoundVillage[]) => {
  await Promise.all(villages.map(({ pulse }) => pulse.mute(true)));
  const fromMs = clock.wallMs();
  await wait(clock, MUTE_FOR_MS);
  const toMs = clock.wallMs();
  await Promise.all(villages.map(({ pulse }) => pulse.mute(false)));
  return { fromMs, toMs };
};

/** Waits for the log's last record, ends the agent, and reads what the server says of it. */
const readEvidence = async (
  { place, commune: { operator }, sessions, rule, day }: SoundEve,
  village: SoundVillage,
): Promise<Omit<Aired, 'heard'>> => {
  const { speaker } = village;
  const last = sessions[1].at(-1);
  const holdsLast = ({ records }: ToldLog) => {
    const ended = records.findLast(({ record }) => record.kind === 'ended')?.record;
    return (
      ended?.kind === 'ended' && ended.session === last?.session && ended.item.clip === last.clip
    );
  };
  const log = await eventually(() => readLog(operator, speaker), holdsLast, DEADLINE_MS);
  const verdict = await verdictOf(operator, { rule, speaker, day });
  const path = join(place.folder, `${speaker}.ndjson`);
  const verified = await verifyExport(operator, { speaker, path, publicKey: log.publicKey });
  await village.program().end();
  return { log, verdict, verified };
};

/** Lives through the day, as processes and in real time, and gives back what is to be compared. */
export const liveSoundDay = async (): Promise<SoundDay> => {
  const eve = await prepareSoundDay();
  const { clock, villages, sessions } = eve;
  const until = (wallMs: number) => wait(clock, wallMs - clock.wallMs());
  const [first, second] = sessions;
  const server = startProgram(['server'], eve.environment);
  await server.next('serverStarted');
  for (const village of villages) village.start();
  const [one, two, three] = villages;
  await one.record();
  const kill = await killOnce(eve, one);
  await until(endOf(first) + OVERTIME_MS);
  const byHand = await playAndStop(eve, one.program());

  const secondMs = second[0]?.atMs ?? 0;
  await until(secondMs - MARGIN_MS);
  await Promise.all([two.record(), three.record()]);
  await until(secondMs + MUTE_AFTER_MS);
  const mute = await muteAll(eve, [two, three]);
  await until(endOf(second) + MARGIN_MS);

  const evidence = [
    await readEvidence(eve, one),
    await readEvidence(eve, two),
    await readEvidence(eve, three),
  ] as const;
  const clips = eve.bulletins.map(({ clip }) => clip);
  // Only now: to compare sound keeps this process so busy that it would lose its connections.
  const killed = { ...evidence[0], heard: await one.heard(clips) };
  const deaf = { ...evidence[1], heard: await two.heard(clips) };
  const listening = { ...evidence[2], heard: await three.heard(clips) };
  const end = async () => {
    await server.end();
    for (const { pulse } of villages) await pulse.stop();
    await eve.place.remove();
  };
  return { eve, kill, byHand, mute, killed, deaf, listening, end };
};
