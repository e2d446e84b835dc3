import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { sha256 } from '#runtime/signing.ts';
import type { IngestPlace } from './ingest-place.ts';
import { makeWithFfmpeg, writeSpeech } from './speech.ts';

const SPEECH_S = 2;
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=s=32x32:r=25:d=2'];

/** Real containers as people bring them, and how ffmpeg makes them. */
const CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  'a.wav': ['-ar', '16000', '-ac', '2'],
  'b.mp3': ['-b:a', '64k'],
  'c.m4a': ['-c:a', 'aac'],
  'd.mp4': [...PICTURE, '-c:a', 'aac', '-movflags', '+faststart'],
  'e.ogg': ['-c:a', 'libvorbis'],
  'f.opus': ['-c:a', 'libopus', '-ar', '48000'],
  'g.flac': [],
  'h.webm': ['-c:a', 'libopus', '-ar', '48000'],
  'i.wma': ['-ar', '44100'],
  'j.avi': [...PICTURE, '-c:a', 'mp3', '-ar', '44100'],
  'k.aac': ['-ar', '44100'],
  'l.aiff': [],
  'm.ts': ['-c:a', 'aac'],
  'n.mpg': [...PICTURE, '-c:a', 'mp2', '-ar', '44100'],
  'o.flv': ['-c:a', 'mp3', '-ar', '44100'],
  'p.caf': [],
};

/** A whole number in `[0, most)`; the same seed, the same numbers. Source: mulberry32. */
const seededNumbers = (seed: number): ((most: number) => number) => {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
  };
};

type Draw = (most: number) => number;

const AMR_FRAMES = 100;
const AMR_FRAME_BYTES = 32;

/** No encoder of ffmpeg writes it: frames of 12.2 kbit/s whose speech is noise. */
const amr = (draw: Draw): Buffer =>
  Buffer.concat([
    Buffer.from('#!AMR\n'),
    ...Array.from({ length: AMR_FRAMES }, () =>
      Buffer.from([0x3c, ...Array.from({ length: AMR_FRAME_BYTES - 1 }, () => draw(256))]),
    ),
  ]);

/** The bytes of real recordings in every container. */
const realContainers = async (place: IngestPlace, draw: Draw): Promise<readonly Buffer[]> => {
  const speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 3);
  const made: Buffer[] = [amr(draw)];
  for (const [name, options] of Object.entries(CONTAINERS)) {
    const path = place.path(name);
    await makeWithFfmpeg('-i', speech, ...options, path);
    made.push(await readFile(path));
  }
  return made;
};

type Mutate = (bytes: Buffer, draw: Draw, other: Buffer) => Buffer;

/** Sizes and counts that programs stumble over. */
const EXTREMES = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fffe];
const HEADER_BYTES = 200;

const stretch = (bytes: Buffer, draw: Draw): readonly [number, number] => {
  const from = draw(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + draw(400))];
};

const MUTATIONS: readonly Mutate[] = [
  (bytes, draw) => {
    for (let count = 1 + draw(20); count > 0; count -= 1) bytes[draw(bytes.length)] = draw(256);
    return bytes;
  },
  (bytes, draw) => {
    const most = Math.min(HEADER_BYTES, bytes.length);
    for (let count = 1 + draw(4); count > 0; count -= 1) bytes[draw(most)] = draw(256);
    return bytes;
  },
  (bytes, draw) => {
    const at = draw(Math.min(HEADER_BYTES, bytes.length - 4));
    const value = EXTREMES[draw(EXTREMES.length)] ?? 0;
    if (draw(2) === 0) bytes.writeUInt32BE(value, at);
    else bytes.writeUInt32LE(value, at);
    return bytes;
  },
  (bytes, draw) => bytes.fill(draw(2) * 255, ...stretch(bytes, draw)),
  (bytes, draw) => bytes.subarray(0, 1 + draw(bytes.length)),
  (bytes, draw) => {
    const [from, to] = stretch(bytes, draw);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, draw) => {
    const [from, to] = stretch(bytes, draw);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, draw, other) => Buffer.concat([bytes.subarray(0, draw(bytes.length)), other]),
];

/** What came of mutated files: how many became clips, and how many were refused with which code. */
type FuzzOutcome = Readonly<Record<string, number>>;

/** What the tools say of themselves: of a hang too, as a bound that was passed. */
const OWN_FAULT = 'audioToolFailed';

/** Holds one file against the promise: refused by a name, or a clip that is what its hash says. */
const holdOne = async (place: IngestPlace, path: string, told: string): Promise<string> => {
  const result = await place.ingest(path);
  if (!result.ok) {
    expect(result.problem.code, `${told}: ${JSON.stringify(result.problem)}`).not.toBe(OWN_FAULT);
    return result.problem.code;
  }
  const { sha256: clip, bytes } = result.value;
  const content = await readFile(place.clipPath(clip));
  expect({ clip: sha256(content), bytes: content.length }, told).toEqual({ clip, bytes });
  return 'accepted';
};

/**
 * Ingests `count` mutations of the containers, each in its turn. Never a throw, never a hang, never a
 * clip that differs from its hash, and nothing left behind but clips.
 */
export const fuzzContainers = async (
  place: IngestPlace,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<FuzzOutcome> => {
  const draw = seededNumbers(seed);
  const containers = await realContainers(place, draw);
  const outcome: Record<string, number> = {};
  const path = place.path('mutated');
  for (let number = 0; number < count; number += 1) {
    const original = containers[number % containers.length] ?? Buffer.alloc(0);
    const other = containers[draw(containers.length)] ?? Buffer.alloc(0);
    const kind = draw(MUTATIONS.length);
    const mutated = MUTATIONS[kind]?.(Buffer.from(original), draw, other) ?? original;
    await writeFile(path, mutated);
    const told = `seed ${seed}, number ${number}, kind ${kind}`;
    const code = await holdOne(place, path, told);
    outcome[code] = (outcome[code] ?? 0) + 1;
    const left = await place.leftovers();
    expect(
      left.filter((name) => !/^[0-9a-f]{64}$/.test(basename(name))),
      told,
    ).toEqual([]);
  }
  return outcome;
};
