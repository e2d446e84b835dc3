import { createId } from '#runtime/clock.ts';
import type { Health } from '#schemas/health.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { openParts } from './agent-parts.ts';
import { manualAnchor, takeManualTime } from './clock/manual-time.ts';
import { startNtpWatch } from './clock/ntp-watch.ts';
import { connectParts } from './connect-parts.ts';
import type { AgentPorts } from './ports/agent-ports.ts';
import { gatherStatus, type StatusFacts } from './status-page/status-facts.ts';
import type { DrillAnswer } from './tone/play-drill.ts';
import type { ToneAnswer } from './tone/play-tone.ts';

/** One speaker's program, running. */
export interface Agent {
  /** The id of this run. */
  readonly boot: Id;
  /** Resolves when nothing is under way: no task, no download, no message on its way out. */
  settled(): Promise<void>;
  health(): Promise<Health>;
  /** What a technician in front of the box is shown. */
  status(): Promise<StatusFacts>;
  /** Whether the loop that plays goes round: it looks at everything anew, and no list hangs. */
  lives(): Promise<boolean>;
  /** A technician at the box says what time it is, in epoch milliseconds. */
  setManualTime(wallMs: number): Promise<void>;
  /** A technician at the box lets the test tone sound, as a drill. */
  playTone(): Promise<ToneAnswer>;
  /** A technician at the box has what says that all is only a drill sound, as a drill. */
  playDrill(): Promise<DrillAnswer>;
  /** Silence, the record of what sounded, goodbye to the broker, and a mark that all is in order, or why it ends. */
  stop(why?: 'cleanStop' | 'ordered'): Promise<void>;
}

/**
 * Starts a speaker over its ports: what a power cut left is put in order first, then it connects,
 * fetches, plays and records until it is stopped. It holds no state outside what it is handed.
 * Errors: fileUnreadable (a log of which no line holds), diskFull.
 */
export const createAgent = async (ports: AgentPorts): Promise<Result<Agent, Problem>> => {
  const boot = createId(ports.clock, ports.entropy);
  const opened = await openParts(ports, boot);
  if (!opened.ok) return opened;
  const { tasks, trusted, director, recording, cache } = opened.value;
  const connected = await connectParts(ports, opened.value);
  const manual = await takeManualTime(ports.disk, ports.folder, trusted.posMs());
  if (manual !== undefined) trusted.offer(manual);
  const { clock, systemTime } = ports;
  const { offer } = trusted;
  const ntp = systemTime && startNtpWatch({ clock, systemTime, offer, track: tasks.beside });
  await tasks.run(director.look);
  return ok({
    boot,
    settled: tasks.settled,
    health: connected.health,
    status: async () => ({
      speaker: ports.grant.speaker,
      zone: opened.value.received.limits.value()?.zone ?? ports.grant.zone,
      connected: connected.isConnected(),
      health: await connected.health(),
      ...(await gatherStatus(opened.value)),
    }),
    lives: async () => {
      await tasks.run(director.look);
      return !director.isStuck();
    },
    setManualTime: (wallMs) =>
      tasks.run(() => trusted.offer(manualAnchor(trusted.posMs(), wallMs))),
    playTone: async () => {
      let answer: ToneAnswer = 'toneNotReady';
      await tasks.run(async () => {
        answer = await director.playTone();
      });
      return answer;
    },
    playDrill: async () => {
      let answer: DrillAnswer = 'drillNotReady';
      await tasks.run(async () => {
        answer = await director.playDrill();
      });
      return answer;
    },
    stop: async (why = 'cleanStop') => {
      await tasks.run(director.stop);
      // The records of what was stopped stand in the queue now: this waits for them.
      await tasks.run(() => undefined);
      if (recording.writer.waiting() === 0) await recording.marker.write(boot, why);
      ntp?.stop();
      cache.stop();
      await connected.close();
      await ports.player.close();
      tasks.close();
      await recording.log.close();
    },
  });
};
