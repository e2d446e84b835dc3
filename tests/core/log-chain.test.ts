import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainHead, type ChainProblem, emptyChain, followChain } from '#core/log-chain.ts';
import { sha256 } from '#runtime/signing.ts';
import { GENESIS_HASH, logRecordSchema } from '#schemas/records/log-record.ts';
import { opensslSha256 } from '#tests/support/openssl.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import vectors from '../vectors/chain/cases.json' with { type: 'json' };

interface Followed {
  readonly head: ChainHead;
  readonly problem?: ChainProblem;
}

/** Follows payloads until the end or the first that does not fit. */
const follow = (payloads: readonly string[]): Followed => {
  let head = emptyChain;
  for (const payload of payloads) {
    const record = JSON.parse(payload) as { seq: number; prev: string };
    const followed = followChain(head, record, sha256(Buffer.from(payload, 'utf8')));
    if (!followed.ok) return { head, problem: followed.problem };
    head = followed.value;
  }
  return { head };
};

describe('the vectors of chains', () => {
  it.each(vectors.cases)('$why', ({ records, expected }) => {
    expect(follow(records.map(({ payload }) => payload))).toEqual(expected);
  });

  it('hold records by their contract', () => {
    const payloads = vectors.cases.flatMap(({ records }) => records.map((each) => each.payload));
    for (const payload of new Set(payloads)) {
      const record: unknown = JSON.parse(payload);
      expect(logRecordSchema.parse(record)).toEqual(record);
    }
  });

  it('name each record by the hash that openssl finds', async () => {
    const folder = await temporaryFolder();
    const records = new Map(
      vectors.cases.flatMap((each) => each.records).map((each) => [each.payload, each.sha256]),
    );
    for (const [payload, hash] of records) {
      expect(opensslSha256(folder, Buffer.from(payload, 'utf8'))).toBe(hash);
    }
  });
});

/** A chain of `count` payloads. */
const chainOf = (count: number): string[] => {
  let prev = GENESIS_HASH;
  return Array.from({ length: count }, (_, index) => {
    const payload = JSON.stringify({ seq: index + 1, prev, posMs: index * 1000 });
    prev = sha256(Buffer.from(payload, 'utf8'));
    return payload;
  });
};

const chainAndPlace = fc
  .integer({ min: 2, max: 12 })
  .chain((count) => fc.record({ count: fc.constant(count), place: fc.nat(count - 2) }));

describe('a chain', () => {
  it('is followed to its end, however long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (count) => {
        const followed = follow(chainOf(count));
        expect(followed.problem).toBeUndefined();
        expect(followed.head.seq).toBe(count);
      }),
    );
  });

  it('shows a changed record at the one that comes after it', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ count, place }) => {
        const payloads = chainOf(count);
        payloads[place] = payloads[place]?.replace('"posMs":', '"posMs":1') ?? '';
        expect(follow(payloads).problem).toEqual({ code: 'chainBroken', seq: place + 2 });
      }),
    );
  });

  it('shows a record that is left out as missing, and stops before the gap', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ count, place }) => {
        const payloads = chainOf(count).toSpliced(place, 1);
        const { head, problem } = follow(payloads);
        expect(head.seq).toBe(place);
        expect(problem).toEqual({ code: 'sequenceMissing', expected: place + 1, found: place + 2 });
      }),
    );
  });

  it('does not take a number twice', () => {
    fc.assert(
      fc.property(chainAndPlace, ({ count, place }) => {
        const payloads = chainOf(count);
        const again = payloads[place] ?? '';
        expect(follow([...payloads, again]).problem).toEqual({
          code: 'sequenceConflict',
          seq: place + 1,
        });
      }),
    );
  });
});
