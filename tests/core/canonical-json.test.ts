import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { opensslSha256 } from '#tests/support/openssl.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import vectors from '../vectors/canonical-json/cases.json' with { type: 'json' };

describe('the canonical text', () => {
  it('is the one that an independent implementation of RFC 8785 writes, for any value', () => {
    const texts = fc.string({ unit: 'grapheme' });
    const value = fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 });
    fc.assert(
      fc.property(fc.dictionary(texts, value), (object) => {
        expect(canonicalJson(object as JsonValue)).toBe(canonicalize(object));
      }),
    );
  });

  it('holds the same value, so that nothing is lost', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value as JsonValue);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which members were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(object));
      }),
    );
  });

  it('leaves out members that are not there', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'is refused to %s, which JSON does not know',
    (value) => {
      expect(() => canonicalJson({ value })).toThrow(TypeError);
    },
  );
});

describe('the vectors of canonical JSON', () => {
  it.each(vectors.cases)('$why', async ({ value, canonical, sha256 }) => {
    expect(canonicalJson(value as JsonValue)).toBe(canonical);
    expect(canonicalize(value)).toBe(canonical);
    expect(opensslSha256(await temporaryFolder(), Buffer.from(canonical, 'utf8'))).toBe(sha256);
  });
});
