import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { Part } from './build-session.ts';
import { buildAt, type Draft, keepsCaps, type Placed } from './draft.ts';
import { PAUSE_MS } from './piece.ts';
import { keepsSpacing } from './qualify.ts';

/** How many starts are tried in one window and raster before it counts as full. */
export const MAX_STARTS = 64;
const MINUTE_MS = 60_000;
/**
 * Sessions that do not open a window start on whole five minutes, so that a bulletin more moves
 * none of them; where that is too wide, on whole minutes, then on whole seconds.
 */
const RASTERS_MS = [300_000, 60_000, 1000] as const;

export interface StartWanted {
  readonly rule: AirtimeRule;
  readonly parts: readonly Part[];
  /** The session lies inside this window. */
  readonly window: Interval;
  /** The first start to try. */
  readonly fromMs: number;
  /** Starts of the rule's other sessions, to which its spacing is kept. */
  readonly others: readonly number[];
}

const ceilTo = (atMs: number, rasterMs: number): number => Math.ceil(atMs / rasterMs) * rasterMs;

/** Where to try next when the session cannot stand: undefined when it can, null when never. */
type Obstacle = number | undefined | null;

const spacingObstacle = (wanted: StartWanted, atMs: number): Obstacle => {
  const near = wanted.others.find((other) => !keepsSpacing(atMs, [other], wanted.rule));
  return near === undefined ? undefined : near + wanted.rule.minSpacingMin * MINUTE_MS;
};

/** What stands in the way of the stretch: the end of the first thing that it would touch. */
const soundObstacle = (draft: Draft, placed: Placed): Obstacle => {
  const { startMs, endMs } = placed;
  const blocked = draft.frame.blocked.find((each) => each.fromMs < endMs && each.toMs > startMs);
  if (blocked !== undefined) return blocked.toMs;
  const other = draft.placed.find(
    (each) => each.startMs < endMs + PAUSE_MS && each.endMs + PAUSE_MS > startMs,
  );
  return other === undefined ? undefined : other.endMs + PAUSE_MS;
};

/** The next instant at which a bulletin begins to be valid. */
const contentObstacle = (draft: Draft, atMs: number): Obstacle => {
  const later = draft.input.bulletins.map((each) => each.validFromMs).filter((ms) => ms > atMs);
  return later.length === 0 ? null : Math.min(...later);
};

const tryAt = (draft: Draft, wanted: StartWanted, atMs: number): Placed | Obstacle => {
  const spacing = spacingObstacle(wanted, atMs);
  if (spacing !== undefined) return spacing;
  const built = buildAt(draft, atMs, wanted.parts);
  if (built === undefined) return contentObstacle(draft, atMs);
  if (!keepsCaps(draft, built)) return null;
  return soundObstacle(draft, built) ?? (built.endMs <= wanted.window.toMs ? built : null);
};

const findInRaster = (draft: Draft, wanted: StartWanted, rasterMs: number): Placed | undefined => {
  let atMs = Math.max(wanted.fromMs, wanted.window.fromMs);
  if (atMs < draft.openFromMs) atMs = ceilTo(draft.openFromMs, rasterMs);
  for (let tries = 0; tries < MAX_STARTS; tries += 1) {
    if (atMs >= Math.min(wanted.window.toMs, draft.frame.row.endMs)) return undefined;
    const found = tryAt(draft, wanted, atMs);
    if (found === null || found === undefined) return undefined;
    if (typeof found === 'object') return found;
    // An obstacle always ends after the start it stood in the way of.
    atMs = ceilTo(Math.max(found, atMs + 1), rasterMs);
  }
  return undefined;
};

/** The earliest session of the parts that fits the window, the blocked times, caps and spacing. */
export const findStart = (draft: Draft, wanted: StartWanted): Placed | undefined => {
  for (const rasterMs of RASTERS_MS) {
    const found = findInRaster(draft, wanted, rasterMs);
    if (found !== undefined) return found;
  }
  return undefined;
};
