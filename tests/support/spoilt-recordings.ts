import { readFile, truncate, writeFile } from 'node:fs/promises';
import { makeWithFfmpeg } from './speech.ts';

/** Makes the file at `path` out of the good recording at `speech`. */
export type MakeFile = (path: string, speech: string) => Promise<void>;

/** Makes a good file by ffmpeg and cuts it to a part of its bytes. */
export const cut =
  (args: string[], share: number): MakeFile =>
  async (path, speech) => {
    await makeWithFfmpeg('-i', speech, ...args, path);
    await truncate(path, Math.floor((await readFile(path)).length * share));
  };

/** An Ogg page boundary near the middle: only the end-of-stream flag is missing then. */
export const cutOggAtPage: MakeFile = async (path, speech) => {
  await makeWithFfmpeg('-i', speech, '-c:a', 'libvorbis', path);
  const bytes = await readFile(path);
  await truncate(path, bytes.indexOf('OggS', Math.floor(bytes.length / 2)));
};

export const soundBehind =
  (head: string): MakeFile =>
  async (path, speech) => {
    const mp3 = `${path}.plain.mp3`;
    await makeWithFfmpeg('-i', speech, '-b:a', '64k', mp3);
    await writeFile(path, Buffer.concat([Buffer.from(head), await readFile(mp3)]));
  };

export const wavOfNaN: MakeFile = async (path, speech) => {
  await makeWithFfmpeg('-i', speech, '-c:a', 'pcm_f32le', path);
  const bytes = await readFile(path);
  const at = bytes.indexOf('data') + 8 + 40_000;
  bytes.fill('0000c07f', at, at + 200, 'hex');
  await writeFile(path, bytes);
};

export const brokenFlac: MakeFile = async (path, speech) => {
  await makeWithFfmpeg('-i', speech, path);
  const bytes = await readFile(path);
  for (let at = 20_000; at < bytes.length - 4000; at += 5000) bytes.fill(0x55, at, at + 300);
  await writeFile(path, bytes);
};

/** Programs go on behind the damage and do not say how much they left out. */
export const damaged =
  (args: string[], lost: number): MakeFile =>
  async (path, speech) => {
    await makeWithFfmpeg('-i', speech, ...args, path);
    const bytes = await readFile(path);
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0, middle, middle + lost);
    await writeFile(path, bytes);
  };

/** A page is gone with all its bytes: what is left of the file is without fault. */
export const lackPage: MakeFile = async (path, speech) => {
  await makeWithFfmpeg('-i', speech, '-c:a', 'libvorbis', path);
  const bytes = await readFile(path);
  const from = bytes.indexOf('OggS', Math.floor(bytes.length / 2));
  const to = bytes.indexOf('OggS', from + 1);
  await writeFile(path, Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]));
};

/** Its recorder noted the length once, early, and never again. */
export const sayTooLittle: MakeFile = async (path, speech) => {
  await makeWithFfmpeg('-i', speech, path);
  const bytes = await readFile(path);
  const at = bytes.indexOf('data') + 4;
  bytes.writeUInt32LE(Math.floor(bytes.readUInt32LE(at) / 3), at);
  await writeFile(path, bytes);
};

/** As a microphone that is turned up too far records it. */
export const overdriven =
  (db: number, args: string[]): MakeFile =>
  async (path, speech) => {
    const tooLoud = `${path}.wav`;
    await makeWithFfmpeg('-i', speech, '-filter:a', `volume=${db}dB,aformat=s16`, tooLoud);
    await makeWithFfmpeg('-i', tooLoud, ...args, path);
  };
