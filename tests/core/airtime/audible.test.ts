import { expect, test } from 'vitest';
import { audibleOf } from '#core/airtime/audible.ts';
import type { Interval } from '#schemas/primitives.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

type Part = readonly [from: number, to: number];
const toInterval = ([fromMs, toMs]: Part): Interval => ({ fromMs, toMs });

test.each<{ why: string; told: Part[]; heard: Part[] }>([
  { why: 'what is whole', told: [[100, 200]], heard: [[100, 200]] },
  {
    why: 'parts in order',
    told: [
      [110, 120],
      [130, 190],
    ],
    heard: [
      [110, 120],
      [130, 190],
    ],
  },
  { why: 'nothing', told: [], heard: [] },
  {
    why: 'parts that touch, as one',
    told: [
      [110, 120],
      [120, 130],
    ],
    heard: [[110, 130]],
  },
  {
    why: 'parts that overlap, as one',
    told: [
      [110, 150],
      [140, 160],
    ],
    heard: [[110, 160]],
  },
  {
    why: 'a part inside another once',
    told: [
      [110, 190],
      [120, 130],
    ],
    heard: [[110, 190]],
  },
  {
    why: 'parts in another order',
    told: [
      [150, 160],
      [110, 120],
    ],
    heard: [
      [110, 120],
      [150, 160],
    ],
  },
  {
    why: 'no empty part',
    told: [
      [110, 110],
      [120, 130],
    ],
    heard: [[120, 130]],
  },
  {
    why: 'no part that ends before it starts',
    told: [
      [130, 120],
      [140, 150],
    ],
    heard: [[140, 150]],
  },
  { why: 'nothing before the item played', told: [[50, 150]], heard: [[100, 150]] },
  { why: 'nothing after it', told: [[150, 201]], heard: [[150, 200]] },
  {
    why: 'nothing beside it',
    told: [
      [0, 100],
      [200, 300],
    ],
    heard: [],
  },
])('of what a record claims is believed: $why', ({ told, heard }) => {
  const { records } = createLogWriter(speakerA).item({
    session: plannedSessionId(0),
    fromMs: 100,
    toMs: 200,
    audible: told.map(toInterval),
  });
  expect(records.map(audibleOf)).toEqual([heard.map(toInterval)]);
});
