import type {
  Playback,
  PlaybackRequest,
  Player,
  PlayerEvent,
  PlayerItem,
} from '#player-agent/ports/player.ts';
import type { Clock, Timer } from '#runtime/clock.ts';
import type { Interval } from '#schemas/primitives.ts';
import { ok, refuse } from '#schemas/result.ts';

/** What really left the fake sound card: one stretch of one item, in positions of the clock. */
export interface Sounded {
  readonly path: string;
  readonly fromMs: number;
  toMs: number;
  readonly audible: Interval[];
  readonly volume: number;
  /** Over how long it came up to the volume. */
  readonly softStartMs: number;
}

/** A player that sounds exactly as asked over a (fake) clock, and fails when a test says so. */
export interface FakePlayer extends Player {
  /** Everything that sounded, in order; the last entry grows while it sounds. */
  readonly sounded: readonly Sounded[];
  /** The next `prepare` calls fail until it is called with `false`. */
  failPrepare(fails: boolean | 'unlessUrgent'): void;
  /** From now on nothing can be heard, and the player measures it. */
  mute(muted: boolean): void;
  /** The device that was set is gone, or is back. */
  loseDevice(isLost: boolean): void;
  /** The player's process dies: what sounds ends, as far as it had come. */
  kill(): void;
  /** The power is cut: silence at once, and not one event more. */
  cut(): void;
}

interface Current {
  readonly sounded: Sounded;
  readonly index: number;
  mutedFromMs: number | null;
  silencedMs: number;
}

/** A fake player over the clock; hand in the same boot clock that the agent gets. */
export const createFakePlayer = (clock: Clock): FakePlayer => {
  const sounded: Sounded[] = [];
  let fails: boolean | 'unlessUrgent' = false;
  let muted = false;
  let dead = false;
  let isFallback = false;
  let active: ReturnType<typeof createPlayback> | undefined;
  return {
    sounded,
    prepare: async (request) => {
      if (fails === true || (fails && !request.isUrgent))
        return refuse({ code: 'audioToolFailed', detail: 'fake' });
      active = createPlayback({
        clock,
        request,
        sounded,
        isMuted: () => muted,
        isDead: () => dead,
      });
      return ok(active);
    },
    output: () => ({ driver: 'null', device: null, isFallback, version: 'fake 1' }),
    close: async () => active?.kill(),
    failPrepare: (next) => {
      fails = next;
    },
    mute: (next) => {
      muted = next;
      active?.muteChanged();
      active?.tellSilence();
    },
    loseDevice: (isLost) => {
      isFallback = isLost;
    },
    kill: () => active?.kill(),
    cut: () => {
      active?.cut();
      dead = true;
    },
  };
};

interface PlaybackParts {
  readonly clock: Clock;
  readonly request: PlaybackRequest;
  readonly sounded: Sounded[];
  readonly isMuted: () => boolean;
  readonly isDead: () => boolean;
}

const createPlayback = (parts: PlaybackParts): Playback & FakeControls => {
  const { clock, request, sounded } = parts;
  let volume = request.volume;
  let current: Current | undefined;
  let timer: Timer | undefined;
  let over = false;
  const now = () => Math.round(clock.positionMs());
  const emit = (event: PlayerEvent) => {
    if (!parts.isDead()) request.onEvent(event);
  };
  const audibleSoFar = (item: Current): readonly Interval[] =>
    item.mutedFromMs === null
      ? [...item.sounded.audible, { fromMs: item.silencedMs, toMs: now() }].filter(isSomething)
      : item.sounded.audible.filter(isSomething);
  const muteChanged = () => {
    if (current === undefined) return;
    if (parts.isMuted() && current.mutedFromMs === null) {
      current.sounded.audible.push({ fromMs: current.silencedMs, toMs: now() });
      current.mutedFromMs = now();
    } else if (!parts.isMuted() && current.mutedFromMs !== null) {
      current.silencedMs = now();
      current.mutedFromMs = null;
    }
  };
  const close = (item: Current): readonly Interval[] => {
    const audible = audibleSoFar(item);
    item.sounded.audible.splice(0, Number.POSITIVE_INFINITY, ...audible);
    item.sounded.toMs = now();
    current = undefined;
    return audible;
  };
  const end = (item: Current, how: 'whole' | 'stopped' | 'playerFailed') => {
    const audible = close(item);
    const played = { fromMs: item.sounded.fromMs, toMs: item.sounded.toMs };
    const silent = audible.length === 0;
    const outcome = silent ? 'none' : how === 'whole' ? 'whole' : 'part';
    const reason = how === 'whole' ? (silent ? 'silentSpeaker' : null) : how;
    emit({
      kind: 'ended',
      index: item.index,
      played,
      audible,
      outcome,
      reason,
      measurement: null,
    });
  };
  const begin = (index: number, item: PlayerItem, skipMs: number) => {
    const { softStartMs = 0 } = request;
    const sounds = { path: item.path, fromMs: now(), toMs: now(), audible: [] };
    const entry: Sounded = { ...sounds, volume, softStartMs };
    sounded.push(entry);
    const mutedFromMs = parts.isMuted() ? now() : null;
    const started: Current = { sounded: entry, index, mutedFromMs, silencedMs: now() };
    current = started;
    emit({ kind: 'audible', index, fromPosMs: now() });
    timer = clock.at(clock.positionMs() + item.durationMs - skipMs, () => {
      end(started, 'whole');
      following(index + 1);
    });
  };
  const following = (index: number, skipMs = 0) => {
    const item = request.items[index];
    if (item !== undefined) return begin(index, item, skipMs);
    over = true;
    emit({ kind: 'finished' });
  };
  const halt = (how: 'stopped' | 'playerFailed') => {
    timer?.cancel();
    if (over) return;
    over = true;
    if (current !== undefined) end(current, how);
    emit({ kind: 'finished' });
  };
  return {
    start: (atPosMs) => {
      timer = clock.at(Math.max(atPosMs, clock.positionMs()), () => following(0, request.skipMs));
    },
    progress: () =>
      current === undefined
        ? null
        : {
            index: current.index,
            played: { fromMs: current.sounded.fromMs, toMs: now() },
            audible: audibleSoFar(current),
          },
    setVolume: async (next) => {
      volume = next;
    },
    stop: async () => halt('stopped'),
    kill: () => halt('playerFailed'),
    muteChanged,
    tellSilence: () => {
      if (current !== undefined) request.onSilence?.(parts.isMuted());
    },
    cut: () => {
      timer?.cancel();
      over = true;
      if (current !== undefined) close(current);
    },
  };
};

interface FakeControls {
  kill(): void;
  cut(): void;
  muteChanged(): void;
  tellSilence(): void;
}

const isSomething = (interval: Interval): boolean => interval.toMs > interval.fromMs;
