import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { STORE_SILENT_MS } from '#player-agent/cache/ask-for-clip.ts';
import type { FetchUrl } from '#player-agent/ports/agent-ports.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const clip = clipOf('bulletin', 30_000);
const STORE = 'https://store.test/clips/one?signature=1';

/** The clock does not wait for a download that it has given up on. */
const WAIT_MS = 60_000;

type Init = Parameters<FetchUrl>[1];
type Answer = (init: Init) => Promise<Response> | Response;

const bytesFrom = ({ headers }: Init): Response => {
  const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
  const body = Buffer.from(clip.bytes.subarray(from));
  return new Response(body, { status: from === 0 ? 200 : 206 });
};
const status = (code: number) => () => new Response(null, { status: code });

/** A speaker whose server leads to a store at `link`, and what each of them was asked. */
const openVillage = async (answerOfStore: Answer, restsWhen?: Promise<void>) => {
  const rig = createAgentRig({ at: `${DAY}T05:00:00+07:00` });
  rig.station.limit();
  const session = sessionOf(START, [clip]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  const asked = { server: [] as Init['headers'][], store: [] as Init['headers'][] };
  const fetchUrl: FetchUrl = async (url, init) => {
    if (url === STORE) {
      asked.store.push(init.headers);
      return answerOfStore(init);
    }
    asked.server.push(init.headers);
    if (init.headers.prefer !== 'clip-link') return bytesFrom(init);
    return new Response(null, { status: 307, headers: { location: STORE } });
  };
  await rig.boot({ fetchUrl }, restsWhen && { restsWhen });
  const stored = () => {
    const path = join(rig.folder, 'clips', `${clip.sha256}.clip`);
    const isThere = readdirSync(join(rig.folder, 'clips')).includes(`${clip.sha256}.clip`);
    return isThere && readFileSync(path).equals(clip.bytes);
  };
  return { rig, asked, stored };
};

test('a clip comes from the store that the server leads to, which never sees the token', async () => {
  const { asked, stored } = await openVillage(bytesFrom);
  expect(stored()).toBe(true);
  expect(asked.server).toHaveLength(1);
  expect(asked.server[0]?.authorization).toMatch(/^Bearer /);
  expect(asked.store).toEqual([{}]);
});

test.each([
  { why: 'the link is good no longer', answer: status(403) },
  { why: 'the store has no such clip', answer: status(404) },
  { why: 'the store is out of order', answer: status(503) },
  {
    why: 'the store cannot be reached',
    answer: () => Promise.reject(new TypeError('fetch failed')),
  },
])('the server gives the clip itself when $why', async ({ answer }) => {
  const { asked, stored } = await openVillage(answer);
  expect(stored()).toBe(true);
  expect(asked.store).toHaveLength(1);
  expect(asked.server.map(({ prefer }) => prefer)).toEqual(['clip-link', undefined]);
});

test('a store that says nothing is not waited for long', async () => {
  const asked = Promise.withResolvers<void>();
  const silence: Answer = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('given up')));
      asked.resolve();
    });
  const { rig, stored } = await openVillage(silence, asked.promise);
  expect(stored()).toBe(false);
  await rig.clock.advance(STORE_SILENT_MS + 1000);
  await expect.poll(stored, { timeout: WAIT_MS }).toBe(true);
});

test('a download that broke off goes on by a new link', async () => {
  const half = Math.floor(clip.bytes.length / 2);
  let breaks = true;
  const { rig, asked, stored } = await openVillage((init) => {
    if (!breaks) return bytesFrom(init);
    breaks = false;
    return new Response(Buffer.from(clip.bytes.subarray(0, half)));
  });
  await rig.clock.advance(5000);
  expect(stored()).toBe(true);
  expect(asked.store).toEqual([{}, { range: `bytes=${half}-` }]);
  expect(asked.server.map(({ prefer }) => prefer)).toEqual(['clip-link', 'clip-link']);
});

test.each([
  {
    why: 'other bytes of the same length',
    answer: () => new Response(Buffer.alloc(clip.bytes.length, 7)),
    isTold: true,
  },
  { why: 'more than the clip', answer: () => new Response('x'.repeat(99_999)), isTold: true },
  { why: 'no bytes at all', answer: () => new Response(), isTold: false },
  { why: 'a part that is not there', answer: status(416), isTold: false },
])('the server gives the clip itself when the store sends $why', async ({ answer, isTold }) => {
  const { rig, asked, stored } = await openVillage(answer);
  expect(stored()).toBe(true);
  expect(asked.store).toHaveLength(1);
  expect(asked.server.map(({ prefer }) => prefer)).toEqual(['clip-link', undefined]);
  const told = isTold ? [{ what: 'clip', reason: 'clipHash' }] : [];
  expect(rig.recordsOf('refused')).toMatchObject(told);
});

test('a store whose clip is too short is asked once more, and then the server gives the clip', async () => {
  const half = Math.floor(clip.bytes.length / 2);
  const { rig, asked, stored } = await openVillage(({ headers }) =>
    headers.range === undefined
      ? new Response(Buffer.from(clip.bytes.subarray(0, half)))
      : new Response(null, { status: 416 }),
  );
  await rig.clock.advance(5000);
  expect(stored()).toBe(true);
  expect(asked.store).toEqual([{}, { range: `bytes=${half}-` }]);
  const preferred = asked.server.map(({ prefer }) => prefer);
  expect(preferred).toEqual(['clip-link', 'clip-link', undefined]);
});
