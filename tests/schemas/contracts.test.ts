import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { enrolmentCodeSchema } from '#schemas/enrolment.ts';
import { directiveSchema } from '#schemas/entities/site.ts';
import { type ContractName, contracts, contractToJsonSchema } from '#schemas/json-schema.ts';
import { fillSentence } from '#schemas/messages/fill-sentence.ts';
import { shortText } from '#schemas/primitives.ts';
import { problemCodes } from '#schemas/problem.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import {
  acceptExcuseRequestSchema,
  correctHistoryRequestSchema,
} from '#schemas/requests/inspection.ts';
import { handSessionId, plannedSessionId, sessionIdSchema } from '#schemas/session.ts';

const names = Object.keys(contracts) as ContractName[];

describe('contracts', () => {
  test.each(names)(
    'the JSON Schema of %s is one that a validator of another make compiles',
    (name) => {
      const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
      const validate = ajv.compile(contractToJsonSchema(name) as object);
      expect(validate('not an object')).toBe(false);
    },
  );

  test('a session id keeps its planned start', () => {
    const order = '0199a1b2-0000-7000-8000-000000000001';
    for (const id of [
      plannedSessionId(1_767_393_000_000),
      handSessionId(1_767_393_000_000, order),
    ]) {
      expect(sessionIdSchema.parse(id)).toBe(id);
      expect(sessionIdToStartMs(id)).toBe(1_767_393_000_000);
    }
  });

  test.each([
    { typed: 'abcd-efgh', read: 'ABCDEFGH', why: 'lower case and a dash' },
    { typed: ' ABCD EFGH ', read: 'ABCDEFGH', why: 'blanks' },
    { typed: 'ABCDEFG', read: undefined, why: 'a character is missing' },
    { typed: 'ABCD-EFG0', read: undefined, why: 'zero looks like O and is never given out' },
  ])('an enrolment code is read as people type it: $why', ({ typed, read }) => {
    expect(enrolmentCodeSchema.safeParse(typed).data).toBe(read);
  });

  test.each([
    { text: '  Thôn Bến Sáo ', read: 'Thôn Bến Sáo', why: 'blanks around it are dropped' },
    { text: 'Tho\u0302n', read: 'Thôn', why: 'it is composed' },
    { text: '\u0000', read: undefined, why: 'a NUL is nothing that people write' },
    { text: 'a\nb', read: undefined, why: 'it is one line' },
    { text: '\ud800', read: undefined, why: 'half a character has no bytes' },
    { text: '   ', read: undefined, why: 'blanks alone are nothing' },
  ])('a name is what people can read: $why', ({ text, read }) => {
    expect(shortText(20).safeParse(text).data).toBe(read);
  });

  test.each([
    { of: 'excuse', schema: acceptExcuseRequestSchema.shape.reason },
    { of: 'correction', schema: correctHistoryRequestSchema.shape.reason },
    { of: 'directive', schema: directiveSchema.shape.abstract },
  ])('what is written in a box about a $of may have several lines', ({ schema }) => {
    expect(schema.parse(' Mất điện,\r\nđã báo. ')).toBe('Mất điện,\nđã báo.');
    expect(schema.safeParse('Mất điện\u0000').success).toBe(false);
  });

  test('every problem code is a name that other programs can use', () => {
    for (const code of problemCodes) expect(code).toMatch(/^[a-z][A-Za-z]+$/);
  });

  test('a fact that a sentence does not name is left out, a name without a fact stays', () => {
    expect(fillSentence('{a} {b}', { a: 1, c: 2 })).toBe('1 {b}');
  });
});
