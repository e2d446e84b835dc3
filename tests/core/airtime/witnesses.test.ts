import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogLine } from '#core/airtime/dating.ts';
import {
  firstUpTo,
  firstWithNoneBefore,
  joinWitnesses,
  witnessAt,
  witnessesAmong,
} from '#core/airtime/witnesses.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const LATEST_MS = 12;

interface ToldLine {
  readonly wallMs: number;
  readonly witness: boolean;
  readonly holeBefore: boolean;
}

const toldLine: fc.Arbitrary<ToldLine> = fc.record({
  // In any order: an anchor may set the clock back, also across a part's cut.
  wallMs: fc.integer({ min: 0, max: LATEST_MS }),
  witness: fc.boolean(),
  holeBefore: fc.boolean(),
});
const toldParts = fc.array(fc.array(toldLine, { maxLength: 5 }), { maxLength: 5 });

const [beat] = createLogWriter(speakerA).beat(0).records;
if (beat === undefined) throw new Error('no record was written');

const lineOf = ({ wallMs, witness, holeBefore }: ToldLine): LogLine => ({
  record: { ...beat, posMs: wallMs },
  boot: 1,
  holeBefore,
  offsetMs: 0,
  afterInstant: false,
  witness,
  audible: [],
});

/** The witnesses as one plain list, with the missing stretches up to each. */
const plainly = (parts: readonly (readonly ToldLine[])[]) => {
  let holes = 0;
  return parts.flat().flatMap(({ wallMs, witness, holeBefore }) => {
    if (holeBefore) holes += 1;
    return witness ? [{ wallMs, holes }] : [];
  });
};

const join = (parts: readonly (readonly ToldLine[])[]) =>
  joinWitnesses(parts.map((part) => witnessesAmong(part.map(lineOf))));

test('the witnesses of many parts are numbered as those of one log', () => {
  fc.assert(
    fc.property(toldParts, (parts) => {
      const witnesses = join(parts);
      const plain = plainly(parts);
      const found = plain.map((_, number) => witnessAt(witnesses, number));
      expect(found).toMatchObject(plain);
      expect(found.every((each) => each?.line.record.posMs === each?.wallMs)).toBe(true);
      expect(witnessAt(witnesses, plain.length)).toBeUndefined();
      expect(witnessAt(witnesses, -1)).toBeUndefined();
    }),
  );
});

test('the first up to which an instant was reached is found, wherever the clock went back', () => {
  fc.assert(
    fc.property(toldParts, fc.integer({ min: -1, max: LATEST_MS + 1 }), (parts, instantMs) => {
      const plain = plainly(parts);
      const first = plain.findIndex(({ wallMs }) => wallMs >= instantMs);
      const found = firstUpTo(join(parts), (latestMs) => latestMs >= instantMs);
      expect(found).toBe(first === -1 ? plain.length : first);
    }),
  );
});

test('the first from which on nothing lies before an instant is found, wherever the clock went back', () => {
  fc.assert(
    fc.property(toldParts, fc.integer({ min: -1, max: LATEST_MS + 1 }), (parts, instantMs) => {
      const plain = plainly(parts);
      const last = plain.findLastIndex(({ wallMs }) => wallMs < instantMs);
      expect(firstWithNoneBefore(join(parts), instantMs)).toBe(last + 1);
    }),
  );
});
