import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMessage } from '#player-agent/link/open-message.ts';
import type { LinkMessage } from '#player-agent/ports/link.ts';
import { clipOf, createStation, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const sent: LinkMessage[] = [];
const station = createStation({ wallMs: () => START }, (message) => void sent.push(message));
const plan = station.plan(playlistOf(DAY, [sessionOf(START, [clipOf('bulletin', 30_000)])]));
station.point({ days: { [DAY]: plan } });
station.limit();
station.alarm({ playlist: plan });
const grant = station.grant();
const open = (message: LinkMessage) => openMessage(message, grant);

const names = ['a document', 'a pointer', 'limits', 'an emergency'] as const;
const cases = names.map((what, index) => ({ what, message: sent[index] }));

/** Whether it was taken, and then for what it was when it was signed. */
const isTaken = (message: LinkMessage, payload: Uint8Array): boolean => {
  const opened = open({ topic: message.topic, payload });
  if (opened === null || opened.kind === 'refused') return false;
  expect(opened).toEqual(open(message));
  return true;
};

test.each(cases)(
  '$what is refused with whatever byte changed, cut off or put in',
  ({ message }) => {
    if (message === undefined) throw new Error('nothing was sent');
    expect(isTaken(message, message.payload)).toBe(true);
    const bytes = Buffer.from(message.payload);
    for (let at = 0; at < bytes.length; at += 1)
      expect(isTaken(message, bytes.subarray(0, at))).toBe(false);
    const change = fc.record({
      at: fc.nat({ max: bytes.length - 1 }),
      cut: fc.nat({ max: 40 }),
      put: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(change, ({ at, cut, put }) => {
        const mangled = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        isTaken(message, mangled);
      }),
      { numRuns: 1_000 },
    );
  },
);

test('a document under the name of another is refused', () => {
  const [document, pointer] = sent;
  if (document === undefined || pointer === undefined) throw new Error('nothing was sent');
  expect(isTaken(document, pointer.payload)).toBe(false);
  expect(isTaken(pointer, document.payload)).toBe(false);
});
