import { Server } from 'node:http';
import { type AddressInfo, createConnection, type Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { breathe, systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import type { LiveEvent } from '#schemas/live-event.ts';
import { answerError } from '#server/http/answer-error.ts';
import type { AppEnv } from '#server/http/app-env.ts';
import { createLiveRoutes } from '#server/http/routes/live.ts';
import type { Accounts } from '#server/ports/accounts.ts';
import {
  createLiveFeed,
  MAX_LIVE_LISTENERS,
  REMEMBERED_EVENTS,
} from '#server/services/tell-live.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { openLiveClient } from '#tests/support/live-client.ts';

const user = {
  id: 'lan',
  username: 'lan',
  name: 'Lan',
  roles: ['operator'],
  passwordChangeRequired: false,
};

/** A server of nothing but events, in which everybody is signed in until `signOut`. */
const serveEvents = async (clock = systemClock()) => {
  const live = createLiveFeed({ clock, entropy: systemEntropy });
  let isSignedIn = true;
  const accounts = { userOf: async () => (isSignedIn ? user : undefined) } as unknown as Accounts;
  const app = new Hono<AppEnv>()
    .route('/api', createLiveRoutes({ accounts, clock, live }))
    .onError(answerError(createLogger('test', 'silent')));
  const http = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    live.close();
    if (http instanceof Server) http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return {
    live,
    port,
    url: `http://127.0.0.1:${port}`,
    signOut: () => {
      isSignedIn = false;
    },
  };
};

const heard: LiveEvent = {
  kind: 'planChanged',
  speaker: '01900000-0000-7000-8000-000000000001',
  revision: 1,
  days: Array.from({ length: 16 }, (_, at) => `2026-01-${String(at + 10)}`),
};
/** More than any socket holds: 40 MB. */
const MOST_TURNS = 1_000;
const BURST = 100;

const openSilentSocket = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      socket.pause();
      socket.write('GET /api/events HTTP/1.1\r\nhost: x\r\n\r\n', () => resolve(socket));
    });
  });

test('a screen that does not read is cut off, and one that reads misses nothing', async () => {
  const { live, url, port } = await serveEvents();
  const lazy = await openSilentSocket(port);
  const reader = await openLiveClient(url, undefined);
  onTestFinished(() => reader.leave());
  await reader.next(({ kind }) => kind === 'beat');
  let isCut = false;
  lazy.once('close', () => {
    isCut = true;
  });
  const bytesHeld = process.memoryUsage().arrayBuffers;
  let last = 0;
  for (let at = 0; at < MOST_TURNS && !isCut; at += 1) {
    const burst = Array.from({ length: BURST }, (_, more) => ({
      ...heard,
      revision: last + more + 1,
    }));
    live.publish(burst);
    last += BURST;
    await reader.next((event) => event.kind === 'planChanged' && event.revision === last);
    if (at > MOST_TURNS / 2) lazy.resume();
    await breathe();
  }
  expect(isCut).toBe(true);
  expect(process.memoryUsage().arrayBuffers - bytesHeld).toBeLessThan(50_000_000);
});

test('a screen that missed more than is remembered reads everything again', async () => {
  const { live, url } = await serveEvents();
  const first = await openLiveClient(url, undefined);
  const { id } = await first.next(({ kind }) => kind === 'beat');
  first.leave();
  live.publish(Array.from({ length: REMEMBERED_EVENTS }, () => heard));
  const inTime = await openLiveClient(url, undefined, id);
  await inTime.next(({ kind }) => kind === 'planChanged');
  inTime.leave();
  live.publish([heard]);
  const tooLate = await openLiveClient(url, undefined, id);
  await tooLate.next(({ kind }) => kind === 'resync');
  tooLate.leave();
});

test('who signs out hears no more', async () => {
  const clock = createFakeClock(Date.UTC(2026, 0, 5));
  const { url, signOut } = await serveEvents(clock);
  const screen = await openLiveClient(url, undefined);
  await screen.next(({ kind }) => kind === 'beat');
  signOut();
  await clock.advance(31_000);
  await screen.ended;
});

test('only so many screens are served at once, and places are given back', async () => {
  const { live, url } = await serveEvents();
  const stops = Array.from({ length: MAX_LIVE_LISTENERS }, () =>
    live.listen({ take: () => true, end: () => undefined }, undefined),
  );
  await expect(openLiveClient(url, undefined)).rejects.toThrow('429');
  stops[0]?.();
  const screen = await openLiveClient(url, undefined);
  screen.leave();
});
