import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import approvalEn from '#schemas/messages/en/approval.json' with { type: 'json' };
import en from '#schemas/messages/en/bulletins.json' with { type: 'json' };
import { fillSentence } from '#schemas/messages/fill-sentence.ts';
import approvalVi from '#schemas/messages/vi/approval.json' with { type: 'json' };
import vi from '#schemas/messages/vi/bulletins.json' with { type: 'json' };
import type { ApiCaller } from '#tests/support/api-caller.ts';
import { writeSpeech } from '#tests/support/speech.ts';
import { expectAccessible } from './support/looks.ts';
import { type OpenConsole, openConsole, STORY_MS, WAIT_MS } from './support/open-console.ts';
import { office, telephone, viewsOrOnly } from './support/views.ts';
import type { Visitor } from './support/visitor.ts';

/** A day before the one on which a bulletin of today expires by itself. */
const sooner = addDays(localDayAt(systemClock().wallMs(), 'Asia/Ho_Chi_Minh'), 90);

const texts = { vi, en };
const approval = { vi: approvalVi, en: approvalEn };

let opened: OpenConsole;
let caller: ApiCaller;
let visitor: Visitor;

beforeAll(async () => {
  opened = await openConsole({ STARTER_QUIET_HOURS: 'none' });
  caller = opened.administrator;
  visitor = await opened.arrive();
}, STORY_MS);
afterAll(() => opened?.end());

const releasedIn = async (title: string): Promise<{ bulletin: Bulletin; unit: string }> => {
  const [unit] = Object(await caller.get('/api/units'));
  const json = { title, supplier: 'Công an xã', units: [unit.id], text: `${title} lúc bảy giờ.` };
  const { id, clip } = bulletinSchema.parse(await caller.post('/api/bulletins/text', json));
  const released = await caller.post(`/api/bulletins/${id}/release`, { clip });
  return { bulletin: bulletinSchema.parse(released), unit: unit.name };
};

test.each(viewsOrOnly(telephone))(
  'a bulletin says who provided it and where it sounds; its next version is typed, compared and commented: $language on a $size',
  async (view) => {
    const say = texts[view.language];
    const title = `Họp thôn ${view.language}`;
    const { bulletin, unit } = await releasedIn(title);
    const { page } = visitor;
    await page.goto(`${opened.server.url}/bulletins`);
    await visitor.look(view);
    const card = page.getByRole('article', { name: title, exact: true });
    await card
      .getByText(fillSentence(say['facts.suppliedBy'], { supplier: 'Công an xã' }))
      .waitFor();
    await card.getByText(fillSentence(say['facts.onlyIn'], { units: unit })).waitFor();

    await card.getByRole('button', { name: say.version, exact: true }).click();
    const dialogue = visitor.dialogue();
    await visitor.field('text.script', dialogue).fill(`${title} lúc tám giờ.`);
    await dialogue.getByRole('textbox', { name: say['facts.reason'] }).fill('Đổi giờ họp');
    await dialogue.getByText(say['facts.more'], { exact: true }).click();
    await dialogue.getByLabel(say['facts.language']).waitFor();
    await expectAccessible(visitor.page);
    await visitor.button('text.send', dialogue).click();
    const next = card.filter({ hasText: fillSentence(say['facts.version'], { version: 2 }) });
    await next.getByRole('button', { name: say.history, exact: true }).click();
    const shown = dialogue.getByRole('article', {
      name: fillSentence(say['history.version'], { version: 2 }),
    });
    await shown.getByText('Đổi giờ họp').waitFor();
    expect(await shown.locator('ins').allTextContents()).toEqual(['tám ']);
    expect(await shown.locator('del').allTextContents()).toEqual(['bảy ']);
    await dialogue.getByRole('textbox', { name: say['comment.text'] }).fill('Đã nghe, rõ.');
    await dialogue.getByRole('button', { name: say['comment.send'], exact: true }).click();
    await dialogue.locator('[data-deed=commentBulletin]').getByText('Đã nghe, rõ.').waitFor();
    await expectAccessible(visitor.page);

    const versions = Object(await caller.get(`/api/bulletins/${bulletin.id}/thread`)).versions;
    expect(versions).toMatchObject([{ state: 'released' }, { state: 'submitted', version: 2 }]);
  },
  STORY_MS,
);

test(
  'facts that let a bulletin sound less hold at once, and overwrite nothing that another changed meanwhile',
  async () => {
    const title = 'Lịch tiêm phòng';
    const { bulletin } = await releasedIn(title);
    await visitor.page.goto(`${opened.server.url}/bulletins`);
    await visitor.look(office);
    const card = visitor.page.getByRole('article', { name: title, exact: true });
    await card.getByRole('button', { name: vi.change, exact: true }).click();
    const dialogue = visitor.dialogue();
    await dialogue.getByText(vi['facts.more'], { exact: true }).click();
    await dialogue.getByLabel(vi['facts.lastDay']).fill(sooner);
    await dialogue.getByLabel(vi['facts.language']).selectOption('hmn');
    await caller.post(`/api/bulletins/${bulletin.id}/facts`, { supplier: 'Trạm y tế xã' });
    const save = dialogue.getByRole('button', { name: vi['change.send'], exact: true });
    await save.click();
    await dialogue.getByText(vi['change.overtaken'], { exact: true }).waitFor();
    expect(await dialogue.getByLabel(vi['facts.supplier']).inputValue()).toBe('Trạm y tế xã');
    await save.click();
    await dialogue.waitFor({ state: 'detached' });
    expect(await caller.get(`/api/bulletins/${bulletin.id}`)).toMatchObject({
      ...{ state: 'released', version: 1, language: 'hmn', supplier: 'Trạm y tế xã' },
      expiresMs: Date.parse(`${addDays(sooner, 1)}T00:00:00+07:00`),
    });
  },
  STORY_MS,
);

test(
  'what another changed of the same facts meanwhile is shown before it is overwritten',
  async () => {
    const title = 'Lịch thu rác';
    const path = join(opened.place.folder, 'rac.wav');
    await writeSpeech(path, 8, 0);
    const query = new URLSearchParams({ title, submit: 'false' });
    const bytes = new Uint8Array(await readFile(path));
    const brought = await caller.call('POST', `/api/bulletins/audio?${query}`, { bytes });
    const { id } = bulletinSchema.parse(brought.body);
    const [unit] = Object(await caller.get('/api/units'));
    await visitor.page.goto(`${opened.server.url}/bulletins`);
    await visitor.look(office);
    const card = visitor.page.getByRole('article', { name: title, exact: true });
    await card.getByRole('button', { name: vi.change, exact: true }).click();
    const dialogue = visitor.dialogue();
    const words = visitor.field('facts.script', dialogue);
    await words.fill('Thu rác sáng thứ Hai.');
    const theirs = { script: 'Thu rác chiều thứ Ba.', units: [unit.id], priority: 'priority' };
    await caller.post(`/api/bulletins/${id}/facts`, theirs);
    const save = dialogue.getByRole('button', { name: vi['change.send'], exact: true });
    await save.click();
    const shown = [
      { label: vi['facts.script'], now: theirs.script },
      { label: vi['facts.units'], now: unit.name },
      { label: vi['bulletin.priority'], now: visitor.said('priority.priority') },
    ];
    for (const facts of shown) {
      await dialogue.getByText(fillSentence(vi['change.now'], facts), { exact: true }).waitFor();
    }
    await expectAccessible(visitor.page);
    expect(await words.inputValue()).toBe('Thu rác sáng thứ Hai.');
    await save.click();
    await dialogue.waitFor({ state: 'detached' });
    expect(await caller.get(`/api/bulletins/${id}`)).toMatchObject({
      ...theirs,
      script: 'Thu rác sáng thứ Hai.',
    });
  },
  STORY_MS,
);

test(
  'what is asked for while the line is cut fails at once, and is not done later by itself',
  async () => {
    const title = 'Lịch cắt điện';
    const { bulletin } = await releasedIn(title);
    const { page } = visitor;
    await page.goto(`${opened.server.url}/bulletins`);
    await visitor.look(office);
    const card = page.getByRole('article', { name: title, exact: true });
    await visitor.button('withdraw', card).click();
    const dialogue = visitor.dialogue();
    await page.context().setOffline(true);
    await visitor.button('withdraw', dialogue).click();
    await dialogue.getByRole('alert').getByText(visitor.said('failed.server')).waitFor();
    await visitor.button('cancel', dialogue).click();
    await page.context().setOffline(false);
    await page.getByRole('link', { name: visitor.said('place.today'), exact: true }).click();
    await visitor.go('place.bulletins');
    await visitor.button('withdraw', card).waitFor();
    expect(await caller.get(`/api/bulletins/${bulletin.id}`)).toMatchObject({ state: 'released' });
  },
  STORY_MS,
);

test(
  'what was entered about a bulletin is still there when another has made its next version meanwhile',
  async () => {
    const title = 'Lịch phun thuốc';
    const json = { title, text: `${title} sáng mai.` };
    const { id } = bulletinSchema.parse(await caller.post('/api/bulletins/text', json));
    await visitor.page.goto(`${opened.server.url}/bulletins`);
    await visitor.look(office);
    const card = visitor.page.getByRole('article', { name: title, exact: true });
    const dialogue = visitor.dialogue();
    await card.getByRole('button', { name: vi.version, exact: true }).click();
    await visitor.field('text.script', dialogue).fill(`${title} chiều mai.`);
    const other = { title, text: `${title} ngày kia.`, replaces: id };
    const { id: next } = bulletinSchema.parse(await caller.post('/api/bulletins/text', other));
    await dialogue.waitFor({ state: 'detached' });
    await card.getByRole('button', { name: vi.version, exact: true }).click();
    await dialogue.getByText(vi['draft.takenUp'], { exact: true }).waitFor();
    expect(await visitor.field('text.script', dialogue).inputValue()).toBe(`${title} chiều mai.`);
    await visitor.button('text.send', dialogue).click();
    await dialogue.waitFor({ state: 'detached' });
    expect(await caller.get(`/api/bulletins/${next}`)).toMatchObject({ state: 'replaced' });
  },
  STORY_MS,
);

test(
  'the last day of a bulletin can be typed, digit by digit, and is kept when the dialogue is closed by a slip',
  async () => {
    const title = 'Lịch gặt lúa';
    await releasedIn(title);
    await visitor.page.goto(`${opened.server.url}/bulletins`);
    await visitor.look(office);
    const card = visitor.page.getByRole('article', { name: title, exact: true });
    await card.getByRole('button', { name: vi.change, exact: true }).click();
    const dialogue = visitor.dialogue();
    await dialogue.getByText(vi['facts.more'], { exact: true }).click();
    const lastDay = dialogue.getByLabel(vi['facts.lastDay']);
    await lastDay.focus();
    await visitor.page.keyboard.type('03032090');
    expect(await lastDay.inputValue()).toBe('2090-03-03');
    await visitor.page.keyboard.press('Escape');
    await dialogue.waitFor({ state: 'detached' });
    // Who has no mouse goes on from there.
    await card
      .getByRole('button', { name: vi.change, exact: true })
      .and(visitor.page.locator(':focus'))
      .waitFor();
    await visitor.page.keyboard.press('Enter');
    await dialogue.getByText(vi['draft.takenUp'], { exact: true }).waitFor();
    expect(await lastDay.inputValue()).toBe('2090-03-03');
    await dialogue.getByRole('button', { name: vi['change.send'], exact: true }).click();
    await dialogue.waitFor({ state: 'detached' });
  },
  STORY_MS,
);

test.each(viewsOrOnly(telephone))(
  'four eyes are demanded in the settings: $language on a $size',
  async (view) => {
    const say = approval[view.language];
    await visitor.page.goto(`${opened.server.url}/settings`);
    await visitor.look(view);
    const part = visitor.page.getByRole('region', { name: say.fourEyes });
    const demanded = view.language === 'vi';
    const box = part.getByLabel(say['fourEyes.demand']);
    await box.waitFor();
    for (const fourEyes of [demanded, !demanded]) {
      // Somebody else: it is seen without a reload.
      await caller.post('/api/settings/four-eyes', { fourEyes });
      await expect.poll(() => box.isChecked(), { timeout: WAIT_MS }).toBe(fourEyes);
    }
    await box.setChecked(demanded);
    await part.getByRole('button', { name: say['fourEyes.save'] }).click();
    await part.getByText(say['fourEyes.saved']).waitFor();
    await expectAccessible(visitor.page);
    expect(await caller.get('/api/site')).toMatchObject({ fourEyes: demanded });
  },
  STORY_MS,
);
