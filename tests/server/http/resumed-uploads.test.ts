import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import type { RunningServer } from '#server/main.ts';
import { UPLOAD_WAITS_MS } from '#server/services/sweep-uploads.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { type CuttableWire, createCuttableWire } from '#tests/support/cuttable-wire.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { canMount, smallDisk } from '#tests/support/small-disk.ts';
import { writeSpeech } from '#tests/support/speech.ts';
import { tusSender } from '#tests/support/tus-sender.ts';

const SPEECH_S = 20;
const PIECE_BYTES = 64 * 1024;

interface Room {
  readonly place: ServerPlace;
  server: RunningServer;
  readonly operator: ApiCaller;
}

const openRoom = async (settings: Readonly<Record<string, string>> = {}): Promise<Room> => {
  const place = await createServerPlace();
  const server = await place.run({ settings });
  const room = {
    place,
    server,
    operator: await newPerson(server, await firstAdministrator(server), {
      username: 'lan',
      roles: ['operator'],
    }),
  };
  onTestFinished(async () => {
    await room.server.stop();
    await place.remove();
  });
  return room;
};

const speechIn = async ({ place }: Room): Promise<Uint8Array<ArrayBuffer>> => {
  const path = join(place.folder, 'speech.wav');
  await writeSpeech(path, SPEECH_S);
  return new Uint8Array(await readFile(path));
};

/** Sends a file as the console does; resolves when it is there, with how many bytes went out. */
const sendWithClient = (
  bytes: Uint8Array,
  { wire, token, onPiece }: { wire: CuttableWire; token: string; onPiece: () => void },
): Promise<{ path: string; resumedFrom: number[] }> =>
  new Promise((resolve, reject) => {
    const resumedFrom: number[] = [];
    const upload = new Upload(Buffer.from(bytes), {
      endpoint: `http://127.0.0.1:${wire.port}/api/uploads`,
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: 'Đứt mạng.wav', title: 'Đứt mạng' },
      chunkSize: PIECE_BYTES,
      retryDelays: Array.from({ length: 100 }, () => 100),
      onChunkComplete: onPiece,
      onAfterResponse: (request, response) => {
        if (request.getMethod() !== 'HEAD') return;
        resumedFrom.push(Number(response.getHeader('upload-offset')));
      },
      onError: reject,
      onSuccess: () => resolve({ path: new URL(upload.url ?? '').pathname, resumedFrom }),
    });
    upload.start();
  });

test('a file whose line is cut in the middle goes on where it was, and becomes a bulletin', async () => {
  const room = await openRoom();
  const wire = await createCuttableWire();
  onTestFinished(() => wire.close());
  wire.leadTo(Number(new URL(room.server.url).port));
  let pieces = 0;
  const { path, resumedFrom } = await sendWithClient(await speechIn(room), {
    wire,
    token: room.operator.token ?? '',
    onPiece: () => {
      pieces += 1;
      if (pieces !== 2) return;
      wire.cut();
      wire.mend();
    },
  });
  expect(resumedFrom.at(-1)).toBeGreaterThanOrEqual(2 * PIECE_BYTES);
  expect(await tusSender(room.operator).seen(path)).toMatchObject({ step: 'bulletin' });
});

test('a file goes on where it was when the server stops in between', async () => {
  const room = await openRoom();
  const wire = await createCuttableWire();
  onTestFinished(() => wire.close());
  wire.leadTo(Number(new URL(room.server.url).port));
  let pieces = 0;
  const restart = async () => {
    wire.cut();
    await room.server.stop();
    room.server = await room.place.run();
    wire.leadTo(Number(new URL(room.server.url).port));
    wire.mend();
  };
  let restarted: Promise<void> | undefined;
  const { path, resumedFrom } = await sendWithClient(await speechIn(room), {
    wire,
    token: room.operator.token ?? '',
    onPiece: () => {
      pieces += 1;
      if (pieces === 2) restarted = restart();
    },
  });
  await restarted;
  expect(resumedFrom.at(-1)).toBeGreaterThanOrEqual(2 * PIECE_BYTES);
  const again = callAs(room.server.url, room.operator.token);
  expect(await tusSender(again).seen(path)).toMatchObject({ step: 'bulletin' });
});

test('who never comes back leaves nothing: after a week the bytes are gone', async () => {
  const room = await openRoom();
  const sender = tusSender(room.operator);
  const path = await sender.begun(100);
  await sender.add(path, 0, new Uint8Array(40));
  const folder = join(room.place.dataFolder, 'uploads');
  const runAt = async (laterMs: number) => {
    await room.server.stop();
    const clock = createFakeClock(systemClock().wallMs() + laterMs);
    room.server = await room.place.run({ given: { clock } });
  };
  const hour = 3_600_000;
  await runAt(UPLOAD_WAITS_MS - hour);
  expect(await tusSender(callAs(room.server.url, room.operator.token)).offset(path)).toBe(40);
  expect(await readdir(folder)).toHaveLength(1);
  await runAt(UPLOAD_WAITS_MS + hour);
  await expect.poll(() => readdir(folder)).toEqual([]);
});

test.runIf(canMount())('what would not fit on the disk is not begun', async () => {
  const disk = await smallDisk(128 * 1024);
  const room = await openRoom({ DATA_FOLDER: disk });
  const sender = tusSender(room.operator);
  const mebibyte = 1024 * 1024;
  const fits = 10 * mebibyte;
  const first = await sender.begun(25 * mebibyte);
  // What was promised to the first counts, though not a byte of it is here, and its original is kept.
  expect(await sender.begin(fits)).toMatchObject({ status: 507, body: { code: 'diskFull' } });
  await room.operator.call('DELETE', first);
  expect(await sender.begin(fits)).toMatchObject({ status: 201 });
});
