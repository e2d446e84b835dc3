import { sessionEndMs } from '#core/playback/segment.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Health } from '#schemas/health.ts';
import { MAX_SHOWN_MAKE_GOODS, type ShownMakeGood } from '#schemas/make-good.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LastSeen } from './agent-wires.ts';
import type { ClipCache } from './cache/clip-cache.ts';
import { completeThrough } from './cache/needed-clips.ts';
import type { TrustedClock } from './clock/trusted-clock.ts';
import type { Received } from './link/received.ts';
import type { Recording } from './log/recording.ts';
import type { MakeGoodFile } from './make-good/make-good-file.ts';
import type { AgentPorts } from './ports/agent-ports.ts';
import type { PreflightKeeper } from './preflight/preflight-keeper.ts';
import type { Director } from './session/director.ts';

/** What health is put together from. */
export interface HealthSources {
  readonly boot: Id;
  readonly trusted: TrustedClock;
  readonly recording: Recording;
  readonly received: Received;
  readonly cache: ClipCache;
  readonly director: Director;
  readonly makeGoodFile: MakeGoodFile;
  readonly shownStick: () => NonNullable<Health['stick']> | null;
  readonly preflight: Pick<PreflightKeeper, 'newest'>;
  readonly last: LastSeen;
}

/** How the speaker is now. Source: DESIGN.md, contracts. */
export const buildHealth = async (ports: AgentPorts, from: HealthSources): Promise<Health> => {
  const { trusted, cache, director, received } = from;
  const output = ports.player.output();
  const counts = cache.counts();
  const nowMs = trusted.nowMs();
  return {
    v: 1,
    speaker: ports.grant.speaker,
    boot: from.boot,
    versions: {
      agent: ports.agentVersion,
      node: process.version,
      player: output.version.slice(0, MAX_VERSION_CHARS),
    },
    clock: {
      source: trusted.state().source,
      wallMs: nowMs === null ? null : Math.round(nowMs),
      uncertaintyMs: trusted.uncertaintyMs(),
    },
    disk: await ports.disk.space(ports.folder),
    cache: {
      neededClips: counts.needed,
      presentClips: counts.present,
      completeThrough: nowMs === null ? null : completeFrom(nowMs, from),
    },
    pointerRevision: received.pointer.value()?.revision ?? 0,
    limitsRevision: received.limits.value()?.revision ?? 0,
    logSeq: from.recording.log.head().seq,
    output: { driver: output.driver, device: output.device, isFallback: output.isFallback },
    playing: director.playing(),
    waitingUntilMs: director.waitingUntilMs(),
    ...from.last,
    lostRecords: from.recording.lost(),
    stick: from.shownStick(),
    preflight: from.preflight.newest(),
    makeGoods: makeGoodsFrom(nowMs, from),
  };
};

/** Those that have not ended yet. */
const makeGoodsFrom = (nowMs: number | null, { makeGoodFile }: HealthSources): ShownMakeGood[] =>
  makeGoodFile
    .placed()
    .filter(({ abandoned }) => !abandoned)
    .map(({ session, repays }) => ({
      session: session.id,
      startMs: session.startMs,
      endMs: sessionEndMs(session, session.startMs),
      repays,
    }))
    .filter(({ endMs }) => nowMs !== null && nowMs < endMs)
    .slice(0, MAX_SHOWN_MAKE_GOODS);

const MAX_VERSION_CHARS = 80;

const completeFrom = (nowMs: number, { received, cache }: HealthSources): string | null => {
  const pointer = received.pointer.value();
  const zone = received.limits.value()?.zone;
  if (pointer === null || zone === undefined) return null;
  const today = localDayAt(nowMs, zone);
  const days = Object.entries(pointer.days)
    .filter(([day]) => day >= today)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return completeThrough(days, received.plans.documents(), cache.has);
};
