import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IngestedClip } from '#content/ingest-clip.ts';
import { type MakingChoices, PEAK_TOP, usualChoices } from '#schemas/making.ts';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, measureSound, writeSpeech } from '../support/speech.ts';

const SPEECH_MS = 8000;
const LEAD_MS = 3000;
const TAIL_MS = 4000;
const WHOLE_MS = LEAD_MS + SPEECH_MS + TAIL_MS;
/** What stays beside the first and the last word, and how far a codec's padding goes. */
const BREATH_MS = 500;

let place: IngestPlace;
let speech = '';
let between = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  between = place.path('between.wav');
  await writeSpeech(speech, SPEECH_MS / 1000, 4);
  const room = 'anoisesrc=r=8000:a=0.0003:seed=7,atrim=duration=15[room]';
  const voice = `[0:a]adelay=${LEAD_MS},apad=whole_dur=15[voice]`;
  const graph = `${room};${voice};[voice][room]amix=inputs=2:normalize=0`;
  await makeWithFfmpeg('-i', speech, '-filter_complex', graph, between);
});
afterAll(() => place.remove());

const made = async (path: string, choices: Partial<MakingChoices> = {}): Promise<IngestedClip> => {
  const result = await place.ingest(path, { ...usualChoices, ...choices });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  const { loudnessLufs } = await measureSound(place.clipPath(result.value.sha256));
  expect(Math.abs(loudnessLufs - -16), 'loudness by a measurement of its own').toBeLessThan(0.5);
  return result.value;
};

describe('the ends of a recording', () => {
  test('lose their silence, but not a breath before and after the words', async () => {
    const { kept, sourceMs, durationMs } = await made(between);
    expect(sourceMs).toBe(WHOLE_MS);
    expect(kept.fromMs).toBeGreaterThan(LEAD_MS - BREATH_MS);
    expect(kept.fromMs).toBeLessThanOrEqual(LEAD_MS);
    expect(kept.toMs).toBeGreaterThan(LEAD_MS + SPEECH_MS - 2 * BREATH_MS);
    expect(kept.toMs).toBeLessThan(LEAD_MS + SPEECH_MS + BREATH_MS);
    expect(durationMs).toBe(kept.toMs - kept.fromMs);
  });

  test('stay when the operator undoes the cut, and another hash is to be released', async () => {
    const [cut, whole] = [
      await made(between),
      await made(between, { trim: { how: 'none' } }),
    ] as const;
    expect(whole).toMatchObject({ durationMs: WHOLE_MS, kept: { fromMs: 0, toMs: WHOLE_MS } });
    expect(whole.sha256).not.toBe(cut.sha256);
  });

  test('lie where the operator sets them by hand', async () => {
    const trim = { how: 'hand', fromMs: 4000, toMs: 9500 } as const;
    expect(await made(between, { trim })).toMatchObject({
      durationMs: 5500,
      kept: { fromMs: 4000, toMs: 9500 },
    });
  });

  test('that leave less than a second are refused', async () => {
    const trim = { how: 'hand', fromMs: 4000, toMs: 4900 } as const;
    const result = await place.ingest(between, { ...usualChoices, trim });
    expect(result).toMatchObject({ ok: false, problem: { code: 'audioTooShort' } });
  });

  test('of a recording that begins and ends with words are left alone', async () => {
    expect(await made(speech)).toMatchObject({ kept: { fromMs: 0, toMs: SPEECH_MS } });
  });

  test('are not cut where noise is as loud as soft words', async () => {
    const noisy = place.path('noisy.wav');
    const noise = 'anoisesrc=r=8000:a=0.02:seed=7,atrim=duration=15';
    await makeWithFfmpeg(
      ...['-i', between, '-filter_complex', `${noise}[n];[0:a][n]amix=inputs=2:normalize=0`],
      noisy,
    );
    expect(await made(noisy)).toMatchObject({ kept: { fromMs: 0, toMs: WHOLE_MS } });
  });
});

test('the picture of a recording shows its silent ends and its loudest place', async () => {
  const { peaks } = await made(between);
  const at = (ms: number) => Math.floor((ms / WHOLE_MS) * peaks.length);
  expect(Math.max(...peaks)).toBe(PEAK_TOP);
  expect(Math.max(...peaks.slice(0, at(LEAD_MS - 100)))).toBeLessThan(PEAK_TOP / 20);
  expect(Math.max(...peaks.slice(at(LEAD_MS + SPEECH_MS + 100)))).toBeLessThan(PEAK_TOP / 20);
});

/** Loudness of a stretch of a clip, in LUFS. */
const loudnessOf = async (clip: IngestedClip, fromS: number, seconds: number): Promise<number> => {
  const part = place.path('part.wav');
  const stretch = ['-ss', `${fromS}`, '-t', `${seconds}`, '-c:a', 'pcm_f32le'];
  await makeWithFfmpeg('-i', place.clipPath(clip.sha256), ...stretch, part);
  return (await measureSound(part)).loudnessLufs;
};

/** The highest sample of the first seconds of a file against its loudness, in dB. */
const rumbleDb = async (path: string): Promise<number> => {
  const part = place.path('part.wav');
  await makeWithFfmpeg('-i', path, '-t', '2', '-ar', '48000', '-c:a', 'pcm_f32le', part);
  return (await measureSound(part)).truePeakDbtp - (await measureSound(path)).loudnessLufs;
};

test('rumble below the voice is taken out', async () => {
  const rumbling = place.path('rumbling.wav');
  const graph =
    'sine=frequency=25:sample_rate=8000:duration=15[r];[0:a][r]amix=inputs=2:normalize=0';
  await makeWithFfmpeg('-i', between, '-filter_complex', graph, rumbling);
  const clip = await made(rumbling, { trim: { how: 'none' } });
  const after = await rumbleDb(place.clipPath(clip.sha256));
  expect(after).toBeLessThan((await rumbleDb(rumbling)) - 12);
});

test('steady noise is taken out when the operator asks for it, and only then', async () => {
  const noisy = place.path('hiss.wav');
  const noise = 'anoisesrc=r=8000:a=0.01:seed=3,atrim=duration=15';
  const graph = `${noise}[n];[0:a][n]amix=inputs=2:normalize=0`;
  await makeWithFfmpeg('-i', between, '-filter_complex', graph, noisy);
  const trim = { how: 'none' } as const;
  const plain = await made(noisy, { trim });
  const cleaned = await made(noisy, { trim, reduceNoise: true });
  expect(cleaned.durationMs).toBe(plain.durationMs);
  expect(await loudnessOf(cleaned, 12, 2.5)).toBeLessThan((await loudnessOf(plain, 12, 2.5)) - 6);
});

test('a voice that goes from the microphone comes nearer with soft limiting', async () => {
  const uneven = place.path('uneven.wav');
  await makeWithFfmpeg('-i', speech, '-af', "volume='if(lt(t,4),1,0.2)':eval=frame", uneven);
  const stepOf = async (clip: IngestedClip) =>
    (await loudnessOf(clip, 0, 4)) - (await loudnessOf(clip, 4, 4));
  const plain = await made(uneven);
  const limited = await made(uneven, { softLimit: true });
  expect(limited.durationMs).toBe(plain.durationMs);
  expect(await stepOf(limited)).toBeLessThan((await stepOf(plain)) - 2);
});
