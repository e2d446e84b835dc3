import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '#runtime/signing.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { type Making, makingSchema, usualChoices } from '#schemas/making.ts';
import type { ApiCaller } from '#tests/support/api-caller.ts';
import { makeWithFfmpeg } from '#tests/support/speech.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

const whole = { ...usualChoices, trim: { how: 'none' } };

let newsroom: Newsroom;
let recording: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  newsroom = await openNewsroom();
  await newsroom.speech();
  recording = await withSilence(newsroom.recordingPath);
});
afterAll(() => newsroom.close());

/** Two seconds of nothing before six of speech, three behind them. */
const withSilence = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  const padded = `${path}.padded.wav`;
  await makeWithFfmpeg('-i', path, '-af', 'adelay=2000,apad=pad_dur=3', padded);
  return new Uint8Array(await readFile(padded));
};

const bring = async (bytes = recording): Promise<Bulletin> =>
  bulletinSchema.parse((await newsroom.upload(newsroom.operator, bytes)).body);

const makingOf = async ({ id }: Bulletin): Promise<Making> =>
  makingSchema.parse(await newsroom.approver.get(`/api/bulletins/${id}/making`));

const bytesAt = async (caller: ApiCaller, path: string): Promise<Uint8Array> => {
  const headers = { authorization: `Bearer ${caller.token}` };
  const answer = await fetch(`${newsroom.server.url}${path}`, { headers });
  expect(answer.status, path).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
};

const release = (caller: ApiCaller, { id, clip }: Bulletin) =>
  caller.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });

describe('a recording with silence at its ends', () => {
  let bulletin: Bulletin;

  beforeAll(async () => {
    bulletin = await bring();
  });

  test('says what was cut, and is pictured', async () => {
    const making = await makingOf(bulletin);
    expect(making).toMatchObject({ clip: bulletin.clip, sourceMs: 11_000, choices: usualChoices });
    expect(making.cutStartMs).toBeGreaterThan(1500);
    expect(making.cutEndMs).toBeGreaterThan(2000);
    expect(making.peaks.length).toBeGreaterThan(100);
  });

  test('is kept byte for byte, and given to who may change it', async () => {
    const { original } = await makingOf(bulletin);
    const kept = await bytesAt(newsroom.operator, `/api/bulletins/${bulletin.id}/original`);
    expect(sha256(kept)).toBe(sha256(recording));
    expect(original).toEqual({ sha256: sha256(recording), bytes: recording.length });
    const path = `/api/bulletins/${bulletin.id}/original`;
    const { headers } = await newsroom.operator.call('GET', path);
    expect(headers.get('content-disposition')).toContain('.wav"');
  });

  test('is heard without the cut before anything changes', async () => {
    const path = `/api/bulletins/${bulletin.id}/making/preview`;
    const { body } = await newsroom.operator.call('POST', path, { json: whole });
    const preview = makingSchema.parse(body);
    expect(preview).toMatchObject({ sourceMs: 11_000, cutStartMs: 0, cutEndMs: 0 });
    expect(sha256(await bytesAt(newsroom.operator, `/clips/${preview.clip}`))).toBe(preview.clip);
    expect(await newsroom.operator.get(`/api/bulletins/${bulletin.id}`)).toEqual(bulletin);
  });

  test('has the cut undone: the other bytes are what is to be released', async () => {
    const path = `/api/bulletins/${bulletin.id}/making`;
    const remade = bulletinSchema.parse(await newsroom.operator.post(path, whole));
    expect(remade).toMatchObject({ first: bulletin.id, version: 2, state: 'submitted' });
    expect(remade.clip).not.toBe(bulletin.clip);
    expect(await release(newsroom.approver, bulletin)).toMatchObject({ status: 409 });
    expect(await release(newsroom.approver, remade)).toMatchObject({ status: 200 });
    expect(await makingOf(remade)).toMatchObject({ cutStartMs: 0, cutEndMs: 0, choices: whole });
    bulletin = remade;
  });

  test('sounds as it was released until what was changed afterwards is released too', async () => {
    const path = `/api/bulletins/${bulletin.id}/making`;
    const trim = { how: 'hand', fromMs: 2000, toMs: 8000 };
    const json = { ...usualChoices, trim };
    const remade = bulletinSchema.parse(await newsroom.both.post(path, json));
    expect(remade).toMatchObject({ state: 'submitted', version: 3, releasedMs: null });
    expect(await makingOf(remade)).toMatchObject({ cutStartMs: 2000, cutEndMs: 3000 });
    const standing = await newsroom.operator.get(`/api/bulletins/${bulletin.id}`);
    expect(standing).toMatchObject({ state: 'released' });
    const own = await release(newsroom.both, remade);
    expect(own, 'who changed it').toMatchObject({ body: { code: 'fourEyes' } });
  });

  test('changes nothing when the same choices are taken again', async () => {
    const before = await newsroom.traces();
    const same = await newsroom.operator.post(`/api/bulletins/${bulletin.id}/making`, whole);
    expect(same).toMatchObject({ id: bulletin.id, version: 2, state: 'released' });
    expect(await newsroom.traces()).toEqual(before);
  });

  test.each([
    { why: 'less than a second is left', trim: { how: 'hand', fromMs: 10_500, toMs: 11_000 } },
    { why: 'it would begin behind its end', trim: { how: 'hand', fromMs: 9000, toMs: 3000 } },
  ])('stays as it is when $why', async ({ trim }) => {
    const before = await newsroom.traces();
    const json = { ...usualChoices, trim };
    const path = `/api/bulletins/${bulletin.id}/making`;
    const refused = await newsroom.operator.call('POST', path, { json });
    expect(refused).toMatchObject({ status: 422, body: { code: 'audioTooShort' } });
    expect(await newsroom.traces()).toEqual(before);
  });
});

test('the site says how loud clips are made from now on; those that stand keep their loudness', async () => {
  const before = await bring(await newsroom.speech(20));
  const settings = Object(await newsroom.administrator.get('/api/settings'));
  const quieter = { ...settings, loudnessLufs: -20, confirmed: [] };
  await newsroom.administrator.post('/api/settings', quieter);
  const after = await bring(await newsroom.speech(26));
  const loudness = ({ clip }: Bulletin) =>
    newsroom.inStore(async (store) => (await store.clipBySha256(clip))?.loudnessLufs);
  expect(Math.abs(((await loudness(before)) ?? 0) + 16)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(((await loudness(after)) ?? 0) + 20)).toBeLessThanOrEqual(0.5);
});

test('a text that was read out has a picture, all its pauses, and no recording', async () => {
  const json = { title: 'Văn bản', text: 'Kính thưa bà con, đây là bản tin của xã.' };
  const written = await newsroom.operator.post('/api/bulletins/text', json);
  const bulletin = bulletinSchema.parse(written);
  const making = await makingOf(bulletin);
  expect(making).toMatchObject({ original: null, cutStartMs: 0, cutEndMs: 0 });
  expect(making.peaks.length).toBeGreaterThan(100);
  for (const [method, path] of [
    ['GET', 'original'],
    ['POST', 'making'],
  ] as const) {
    const options = method === 'POST' ? { json: whole } : {};
    const refused = await newsroom.operator.call(
      method,
      `/api/bulletins/${bulletin.id}/${path}`,
      options,
    );
    expect(refused).toMatchObject({ status: 409, body: { code: 'originalMissing' } });
  }
});
