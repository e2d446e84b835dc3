import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import en from '#schemas/messages/en/uploads.json' with { type: 'json' };
import { fillSentence } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/uploads.json' with { type: 'json' };
import { newPerson } from '#tests/support/api-caller.ts';
import { makeWithFfmpeg, writeSpeech } from '#tests/support/speech.ts';
import { signIn } from './support/console-page.ts';
import { expectAccessible } from './support/looks.ts';
import { type OpenConsole, openConsole, STORY_MS, WAIT_MS } from './support/open-console.ts';
import { office, telephone, type View, viewsOrOnly } from './support/views.ts';
import type { Visitor } from './support/visitor.ts';

const SPEECH_S = 8;

let opened: OpenConsole;
let operator: Visitor;
let files = 0;

beforeAll(async () => {
  opened = await openConsole();
  const { server, administrator } = opened;
  await newPerson(server, administrator, { username: 'lan', roles: ['operator'] });
  operator = await opened.arrive({ username: 'lan', password: 'mật khẩu của lan' });
}, STORY_MS);
afterAll(() => opened?.end());

const said = (
  { language }: View,
  key: keyof typeof vi,
  facts: Readonly<Record<string, string | number>> = {},
): string => fillSentence((language === 'vi' ? vi : en)[key], facts);

/** Speech under that name; each time other sentences. */
const speechFile = async (name: string): Promise<string> => {
  const path = join(opened.place.folder, `${name}.wav`);
  files += 1;
  await writeSpeech(path, SPEECH_S, files * 3);
  return path;
};

/** The same with so many samples that it goes over the line in two pieces. */
const largeFile = async (name: string): Promise<string> => {
  const path = join(opened.place.folder, `${name}.wav`);
  const format = ['-ac', '2', '-ar', '192000', '-c:a', 'pcm_s32le'];
  await makeWithFfmpeg('-i', await speechFile(`${name} nhỏ`), ...format, path);
  return path;
};

const open = async (view: View): Promise<void> => {
  await operator.page.goto(`${opened.server.url}/bulletins`);
  await operator.look(view);
};

const choose = async (...paths: readonly string[]): Promise<void> => {
  await operator.button('upload').click();
  await operator
    .dialogue()
    .locator('input[type=file]')
    .setInputFiles([...paths]);
};

/** Drops a file without sound beside everything that takes one, as soon as the page listens. */
const drop = async (name: string): Promise<void> => {
  const file = `new File(['không có tiếng'], ${JSON.stringify(name)})`;
  const made = `(() => { const data = new DataTransfer(); data.items.add(${file}); return data; })()`;
  const dataTransfer = await operator.page.evaluateHandle(made);
  const isAsked = async (): Promise<number> => {
    await operator.page.dispatchEvent('main', 'drop', { dataTransfer });
    return operator.dialogue().count();
  };
  await expect.poll(isAsked, { timeout: WAIT_MS }).toBe(1);
};

const send = async (): Promise<void> => {
  await operator.button('upload.send', operator.dialogue()).click();
  await operator.dialogue().waitFor({ state: 'detached' });
};

const card = (title: string) => operator.page.getByRole('article', { name: title, exact: true });
const row = (title: string) => operator.page.getByRole('listitem', { name: title, exact: true });

test.each(viewsOrOnly(office))(
  'several files become as many bulletins, each of its own name: $language on a $size',
  async (view) => {
    const titles = [`Tin thứ nhất ${view.language}`, `Tin thứ hai ${view.language}`];
    const paths = await Promise.all(titles.map(speechFile));
    await open(view);
    await choose(...paths);
    await operator
      .dialogue()
      .getByText(said(view, 'many', { count: 2 }))
      .waitFor();
    await expectAccessible(operator.page);
    // A card that is pulled out: only what is missing is asked for again.
    const gone = paths[1] ?? '';
    await rename(gone, `${gone}.away`);
    await operator.button('upload.send', operator.dialogue()).click();
    await operator
      .dialogue()
      .getByText(said(view, 'unread', { files: basename(gone) }))
      .waitFor();
    await expectAccessible(operator.page);
    await rename(`${gone}.away`, gone);
    await operator.dialogue().locator('input[type=file]').setInputFiles(gone);
    await send();
    for (const title of titles) {
      expect(await row(title).count()).toBeLessThanOrEqual(1);
      await card(title).waitFor();
      await row(title).getByText(said(view, 'bulletin'), { exact: true }).waitFor();
    }
    await expectAccessible(operator.page);
  },
  STORY_MS,
);

test(
  'words that were typed for one file go with that one when another is chosen beside it',
  async () => {
    const titles = ['Tin có lời', 'Tin không lời'] as const;
    const paths = await Promise.all(titles.map(speechFile));
    await open(office);
    await choose(paths[0] ?? '');
    const dialogue = operator.dialogue();
    await operator.words('facts.scriptAhead', dialogue).click();
    await operator.field('facts.script', dialogue).fill('Sáng mai thôn ta họp.');
    await dialogue.locator('fieldset input[type=file]').setInputFiles(paths.toReversed());
    const which = dialogue.getByLabel(said(office, 'wordsOf'));
    await which.waitFor();
    expect(await which.locator('option:checked').textContent()).toBe(`${titles[0]}.wav`);
    await expectAccessible(operator.page);
    await send();
    await card(titles[0]).getByText('Sáng mai thôn ta họp.').waitFor();
    await card(titles[1]).waitFor();
    expect(await card(titles[1]).getByText('Sáng mai thôn ta họp.').count()).toBe(0);
  },
  STORY_MS,
);

test.each(viewsOrOnly(telephone))(
  'a file that was paused, and whose page was closed, goes on where it was: $language on a $size',
  async (view) => {
    const title = `Tin gửi dở ${view.language}`;
    const path = await largeFile(title);
    const deed = (key: 'pause' | 'resume' | 'again' | 'cancel') =>
      row(title).getByRole('button', {
        name: said(view, 'deedOf', { deed: said(view, key), title }),
        exact: true,
      });
    await open(view);
    let pieces = 0;
    await operator.page.route('**/api/uploads/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      pieces += 1;
      return pieces === 1 ? route.continue() : route.abort();
    });
    await choose(path);
    await send();
    await expect.poll(() => pieces, { timeout: WAIT_MS }).toBeGreaterThan(1);
    await deed('pause').click();
    await deed('resume').waitFor();
    await expectAccessible(operator.page);
    await operator.page.unroute('**/api/uploads/*');

    await open(view);
    const choosing = async (chosen: string) => {
      const [chooser] = await Promise.all([
        operator.page.waitForEvent('filechooser'),
        deed('again').click(),
      ]);
      await chooser.setFiles(chosen);
    };
    await choosing(await speechFile(`Tệp khác ${view.language}`));
    await row(title)
      .getByText(said(view, 'other', { file: `${title}.wav` }))
      .waitFor();
    await expectAccessible(operator.page);
    await choosing(path);
    await card(title).waitFor();
  },
  STORY_MS,
);

test.each(viewsOrOnly(office))(
  'a file that is dropped on the page and must not sound is refused in words and taken off the list: $language on a $size',
  async (view) => {
    const title = `Tin không có tiếng ${view.language}`;
    await open(view);
    await drop(`${title}.wav`);
    await send();
    await row(title).getByRole('alert').waitFor();
    await expectAccessible(operator.page);
    const name = said(view, 'deedOf', { deed: said(view, 'dismiss'), title });
    await row(title).getByRole('button', { name, exact: true }).click();
    await row(title).waitFor({ state: 'detached' });
  },
  STORY_MS,
);

test(
  'a server that cannot answer for a moment costs nothing of what was sent, its words neither',
  async () => {
    const title = 'Tin lúc máy chủ khởi động lại';
    const path = await largeFile(title);
    await open(office);
    const asked = { begun: 0, pieces: 0, refused: 0 };
    await operator.page.route(/\/api\/uploads(\/|$)/, async (route) => {
      const method = route.request().method();
      if (method === 'POST') asked.begun += 1;
      if (method === 'PATCH') asked.pieces += 1;
      const isAway =
        asked.pieces > 1 && asked.refused < 2 && ['PATCH', 'HEAD', 'POST'].includes(method);
      if (!isAway) return route.continue();
      asked.refused += 1;
      return route.fulfill({ status: 502 });
    });
    await choose(path);
    const words = 'Hôm nay chúng tôi gặp ông trưởng thôn.';
    await operator.words('facts.scriptAhead', operator.dialogue()).click();
    await operator.field('facts.script', operator.dialogue()).fill(words);
    await send();
    await card(title).getByText(words).waitFor();
    await operator.page.unroute(/\/api\/uploads(\/|$)/);
    expect(asked).toMatchObject({ begun: 1, refused: 2 });
    expect(await row(title).count()).toBe(1);
  },
  STORY_MS,
);

test(
  'a file that somebody sends is not shown to the next one at the same computer',
  async () => {
    const title = 'Tin của người trước';
    const path = await largeFile(title);
    await newPerson(opened.server, opened.administrator, { username: 'minh', roles: ['operator'] });
    await open(office);
    await operator.page.route('**/api/uploads/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.continue(),
    );
    await choose(path);
    await send();
    await row(title).waitFor();
    await operator.button('signOut').click();
    await signIn(operator.page, { username: 'minh', password: 'mật khẩu của minh' });
    await choose(await speechFile('Tin của người sau'));
    await send();
    await row('Tin của người sau').waitFor();
    expect(await row(title).count()).toBe(0);
  },
  STORY_MS,
);
