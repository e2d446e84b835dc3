import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import en from '#schemas/messages/en/sound.json' with { type: 'json' };
import vi from '#schemas/messages/vi/sound.json' with { type: 'json' };
import { makeWithFfmpeg, writeSpeech } from '#tests/support/speech.ts';
import { look } from './support/looks.ts';
import { type OpenConsole, openConsole, STORY_MS } from './support/open-console.ts';
import { office, viewsOrOnly } from './support/views.ts';
import type { Visitor } from './support/visitor.ts';

const sentences = { vi, en };

let opened: OpenConsole;
let visitor: Visitor;

beforeAll(async () => {
  opened = await openConsole();
  visitor = await opened.arrive();
}, STORY_MS);
afterAll(() => opened?.end());

/** A recording with two seconds of nothing before six of speech, and three behind them. */
const bring = async (title: string, skip: number): Promise<Bulletin> => {
  const speech = join(opened.place.folder, 'speech.wav');
  const padded = join(opened.place.folder, 'padded.wav');
  await writeSpeech(speech, 6, skip);
  await makeWithFfmpeg('-i', speech, '-af', 'adelay=2000,apad=pad_dur=3', padded);
  const path = `/api/bulletins/audio?title=${encodeURIComponent(title)}`;
  const bytes = new Uint8Array(await readFile(padded));
  return bulletinSchema.parse((await opened.administrator.call('POST', path, { bytes })).body);
};

test.each(viewsOrOnly(office))(
  'what was cut of a recording is seen, heard otherwise and undone, in $language on a $size',
  async (view) => {
    const texts = sentences[view.language];
    const title = `Bản ghi ${view.language}`;
    const bulletin = await bring(title, view.language === 'vi' ? 0 : 8);
    const { page } = visitor;
    await visitor.look({ ...view, size: 'pc' });
    await visitor.go('place.bulletins');
    await visitor.look(view);
    const card = page.getByRole('article', { name: title });
    await card.getByRole('img').waitFor();
    expect(await card.getByRole('img').getAttribute('aria-label')).toContain('11');
    const press = (key: keyof typeof vi, within: Locator) =>
      within.getByRole('button', { name: texts[key], exact: true }).click();
    await press('sound.change', card);
    const dialogue = visitor.dialogue();
    await dialogue.getByLabel(texts['sound.trim'], { exact: true }).selectOption('none');
    const preview = dialogue.getByRole('button', { name: texts['sound.preview'], exact: true });
    await preview.press('Enter');
    const sample = dialogue.getByRole('status');
    await sample.waitFor();
    expect(await sample.textContent()).toContain('11');
    // Who has no mouse goes on from there.
    await preview.and(page.locator(':focus')).waitFor();
    const heard = /[0-9a-f]{64}$/.exec(
      (await sample.locator('audio').getAttribute('src')) ?? '',
    )?.[0];
    await look(page, `sound-${view.language}-${view.size}`);
    await press('sound.take', dialogue);
    await dialogue.waitFor({ state: 'detached' });
    await card.getByText(texts['sound.whole']).waitFor();
    const versions = Object(await opened.administrator.get('/api/bulletins')).filter(
      ({ first }: Bulletin) => first === bulletin.first,
    );
    const standing = versions.find(({ state }: Bulletin) => state === 'submitted');
    expect(standing).toMatchObject({ version: 2, clip: heard });
  },
  STORY_MS,
);
