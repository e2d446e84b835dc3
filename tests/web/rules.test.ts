import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { UserRole } from '#schemas/entities/site.ts';
import approvals from '#schemas/messages/vi/approval.json' with { type: 'json' };
import manners from '#schemas/messages/vi/manners.json' with { type: 'json' };
import { type ApiCaller, newPerson } from '#tests/support/api-caller.ts';
import { type SizeName, sizes } from './support/browser.ts';
import { said } from './support/console-page.ts';
import { correctHistory } from './support/correct-history.ts';
import { look } from './support/looks.ts';
import { type OpenConsole, openConsole, STORY_MS } from './support/open-console.ts';
import { oweForWeeks } from './support/owing-weeks.ts';

const ZONE = 'Asia/Ho_Chi_Minh';

const nowMs = systemClock().wallMs();
const today = localDayAt(nowMs, ZONE);
const campaignDays = { from: addDays(today, 1), to: addDays(today, 90) };
/** As the plan of Hoằng Phong reads. Source: AIRTIME.md, 1. */
const letter = {
  number: '01/KH-UBND',
  day: '2025-01-10',
  issuer: 'UBND xã Hoằng Phong',
  abstract: 'Cao điểm phòng ngừa xuất cảnh lao động trái phép\ndịp Tết Ất Tỵ 2025',
};
const CAMPAIGN = 'Phòng ngừa xuất cảnh lao động trái phép';

let opened: OpenConsole;
let caller: ApiCaller;
const pages = new Map<UserRole, Page>();

const pageOf = (role: UserRole): Page => {
  const page = pages.get(role);
  if (page === undefined) throw new Error(`nobody is signed in as ${role}`);
  return page;
};

const idsSchema = z.array(z.looseObject({ id: z.string() }));
const listed = async (path: string) => idsSchema.parse(await caller.get(path));

beforeAll(async () => {
  opened = await openConsole();
  const { server, place, administrator, arrive } = opened;
  caller = administrator;
  await oweForWeeks({ server, dataFolder: place.dataFolder, caller, nowMs, today });
  await newPerson(server, caller, { username: 'hoa', roles: ['inspector'] });
  pages.set('administrator', (await arrive()).page);
  const inspector = await arrive({ username: 'hoa', password: 'mật khẩu của hoa' });
  pages.set('inspector', inspector.page);
}, STORY_MS);
afterAll(() => opened?.end());

const open = async (page: Page, path: string, size: SizeName): Promise<void> => {
  await page.setViewportSize(sizes[size]);
  await page.goto(`${opened.server.url}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[data-waiting]').waitFor({ state: 'detached' });
};

type Key = Parameters<typeof said>[1];
const button = (within: Page | Locator, key: Key) =>
  within.getByRole('button', { name: said('vi', key), exact: true });
/** A field by its label, which ends with a star where it must be filled in. */
const field = (within: Locator, key: Key) => {
  const label = said('vi', key).replaceAll(/[()]/g, '\\$&');
  return within.getByLabel(new RegExp(`^${label}( \\*)?$`));
};

const lookAtBoth = async (page: Page, name: string): Promise<void> => {
  for (const size of ['pc', 'telephone'] as const) {
    await page.setViewportSize(sizes[size]);
    await look(page, `${name}-${size}`, true);
  }
};

test(
  'an administrator enters the directive and its campaign, whose odd first day is asked about',
  async () => {
    const page = pageOf('administrator');
    await open(page, '/rules', 'pc');
    await button(page, 'directive.create').click();
    const dialogue = page.getByRole('dialog');
    await field(dialogue, 'directive.number').fill(letter.number);
    await field(dialogue, 'directive.day').fill(letter.day);
    await field(dialogue, 'directive.issuer').fill(letter.issuer);
    await field(dialogue, 'directive.abstract').fill(letter.abstract);
    await button(dialogue, 'directive.save').click();
    await page.getByRole('cell', { name: letter.number }).waitFor();
    await button(page, 'campaign.create').click();
    await field(dialogue, 'name').fill(CAMPAIGN);
    await field(dialogue, 'rule.directive').selectOption({ index: 1 });
    await field(dialogue, 'rule.from').fill('2025-01-03');
    await field(dialogue, 'rule.to').fill('2025-03-31');
    await button(dialogue, 'campaign.save').click();
    await dialogue.getByRole('alert').getByText('10/01/2025').waitFor();
    await field(dialogue, 'entry.confirm').waitFor();
    await field(dialogue, 'rule.from').fill(campaignDays.from);
    await field(dialogue, 'rule.to').fill(campaignDays.to);
    await button(dialogue, 'campaign.save').click();
    await dialogue.waitFor({ state: 'detached' });
  },
  STORY_MS,
);

test(
  'the rule of the directive is checked before it is saved, and saved once that was confirmed',
  async () => {
    const page = pageOf('administrator');
    const before = (await listed('/api/rules')).length;
    await button(page, 'rule.create').click();
    const dialogue = page.getByRole('dialog');
    await field(dialogue, 'rule.directive').selectOption({ index: 1 });
    await field(dialogue, 'campaign').selectOption({ label: CAMPAIGN });
    await field(dialogue, 'rule.minOccurrences').fill('2');
    await field(dialogue, 'rule.minMinutes').fill('30');
    await field(dialogue, 'rule.from').fill(campaignDays.from);
    await field(dialogue, 'rule.to').fill(campaignDays.to);
    await button(dialogue, 'entry.check').click();
    await dialogue
      .locator('[data-finding=campaignWithoutBulletins]')
      .getByText(CAMPAIGN)
      .first()
      .waitFor();
    await look(page, 'rule-findings-vi-pc', true);
    expect((await listed('/api/rules')).length).toBe(before);
    expect(await button(dialogue, 'entry.save').isDisabled()).toBe(true);
    await field(dialogue, 'entry.confirm').check();
    await button(dialogue, 'entry.save').click();
    await page.getByRole('article', { name: CAMPAIGN }).waitFor();
    await dialogue.waitFor({ state: 'detached' });
  },
  STORY_MS,
);

test(
  'a cap that contradicts the rule shows the sentence before it is saved',
  async () => {
    const page = pageOf('administrator');
    const before = (await listed('/api/caps')).length;
    await button(page, 'cap.create').click();
    const dialogue = page.getByRole('dialog');
    await field(dialogue, 'cap.maxSessionMinutes').fill('15');
    await button(dialogue, 'entry.check').click();
    const conflict = dialogue.locator('[data-finding=minimumAboveCap]');
    await conflict.getByText(CAMPAIGN).first().waitFor();
    expect(await conflict.textContent()).toMatch(/30.*15/);
    await conflict.locator('[data-repairs]').getByText('Không thể cùng giữ').waitFor();
    await lookAtBoth(page, 'cap-conflict-vi');
    expect((await listed('/api/caps')).length).toBe(before);
    await page.setViewportSize(sizes.pc);
    await field(dialogue, 'entry.confirm').check();
    await button(dialogue, 'entry.save').click();
    await page
      .getByText(said('vi', 'capText.maxSessionMinutes').slice(1).replace('{count}', '15'))
      .waitFor();
  },
  STORY_MS,
);

test(
  'a fixed programme is entered with its weekdays and hours, shown, and suspended beside what another changed',
  async () => {
    const page = pageOf('administrator');
    await button(page, 'programme.create').click();
    const dialogue = page.getByRole('dialog');
    await field(dialogue, 'programme.name').fill('Tiếp âm đài tỉnh');
    await field(dialogue, 'programme.startsAt').fill('04:00');
    await field(dialogue, 'programme.endsAt').fill('04:30');
    await field(dialogue, 'weekday.1').check();
    await field(dialogue, 'weekday.5').check();
    await button(dialogue, 'entry.check').click();
    await button(dialogue, 'entry.save').waitFor();
    await look(page, 'programme-form-vi-pc', true);
    await button(dialogue, 'entry.save').click();
    const card = page.getByRole('article', { name: 'Tiếp âm đài tỉnh' });
    await card.getByText('Từ 04:00 đến 04:30, Thứ Hai, Thứ Sáu').waitFor();
    await dialogue.waitFor({ state: 'detached' });
    await button(card, 'programme.change').click();
    await field(dialogue, 'programme.suspend').check();
    const [standing] = await listed('/api/programmes');
    await caller.post('/api/programmes', { ...standing, startsAt: '04:05' });
    await button(dialogue, 'entry.check').click();
    await dialogue.getByText(manners.overtaken, { exact: true }).waitFor();
    await button(dialogue, 'entry.check').click();
    await button(dialogue, 'entry.save').click();
    const saved = card.filter({ hasText: '04:05' });
    await saved.getByText(said('vi', 'programme.suspended'), { exact: true }).waitFor();
    await dialogue.waitFor({ state: 'detached' });
    await lookAtBoth(page, 'programmes-vi');
  },
  STORY_MS,
);

test(
  'an administrator sets how the site plans and who repays, sees who set the limits in force, and it stands after a new look',
  async () => {
    const page = pageOf('administrator');
    await open(page, '/settings', 'pc');
    const main = page.getByRole('main');
    const approval = main.locator('[data-limits-approval]');
    await approval.getByText(approvals['limits.neverSet']).waitFor();
    await field(main, 'settings.marginS').fill('45');
    await field(main, 'settings.maxContinuousMin').fill('200');
    await main.getByLabel(manners.late).selectOption('restart');
    await main.getByLabel(manners['late.withinMin']).fill('20');
    await main.getByRole('button', { name: manners['manners.add'] }).click();
    await main.getByLabel(manners['manners.volume']).fill('55');
    await button(main, 'entry.check').click();
    await main.locator('[data-findings="0"]').waitFor();
    await button(main, 'entry.save').click();
    await main.getByRole('status').getByText(said('vi', 'settings.saved')).waitFor();
    await approval.getByText(/đặt lúc/).waitFor();
    await approval.getByText(approvals['limits.neverLoosened']).waitFor();
    await field(main, 'repay.site').selectOption('permit');
    await expect.poll(() => caller.get('/api/make-good/policy')).toMatchObject({ site: 'permit' });
    await open(page, '/settings', 'pc');
    expect(await field(main, 'settings.marginS').inputValue()).toBe('45');
    expect(await field(main, 'repay.site').inputValue()).toBe('permit');
    await expect
      .poll(() => caller.get('/api/settings'))
      .toMatchObject({
        late: { do: 'restart', withinMin: 20 },
        manners: [{ from: '05:00', to: '06:00', volume: 55, late: null }],
      });
    expect(await main.getByLabel(manners['late.withinMin']).inputValue()).toBe('20');
    expect(await main.getByLabel(manners['manners.volume']).inputValue()).toBe('55');
    await lookAtBoth(page, 'settings-vi');
  },
  STORY_MS,
);

test(
  'two administrators do not overwrite each other: the second one keeps what was entered and sees what changed',
  async () => {
    const page = pageOf('administrator');
    await open(page, '/settings', 'pc');
    const main = page.getByRole('main');
    await field(main, 'settings.latestStartMin').fill('25');
    await field(main, 'settings.staggerS').fill('7');
    const seen = Object(await caller.get('/api/settings'));
    await caller.post('/api/settings', { ...seen, marginS: 33, latestStartMin: 26 });
    await button(main, 'entry.check').click();
    await button(main, 'entry.save').click();
    await main.getByRole('alert').getByText('phát dư, bắt đầu trễ nhất').waitFor();
    await main.getByText(`${manners['overtaken.now']} 26`).waitFor();
    expect(await field(main, 'settings.marginS').inputValue()).toBe('33');
    expect(await field(main, 'settings.latestStartMin').inputValue()).toBe('25');
    await look(page, 'settings-overtaken-vi-pc', true);
    await button(main, 'entry.check').click();
    await button(main, 'entry.save').click();
    await main.getByRole('status').getByText(said('vi', 'settings.saved')).waitFor();
    expect(await caller.get('/api/settings')).toMatchObject({
      ...{ marginS: 33, latestStartMin: 25, staggerS: 7 },
    });
  },
  STORY_MS,
);

test(
  'an inspector accepts a reason for one day and locks the week, and the rest is unproven',
  async () => {
    const page = pageOf('inspector');
    await open(page, '/verdicts', 'pc');
    await button(page, 'verdicts.before').click();
    await page.locator('[data-waiting]').waitFor({ state: 'detached' });
    await page.locator('[data-verdict=unknown]').first().waitFor();
    await page.locator('.mantine-Accordion-control:has([data-verdict])').first().click();
    await button(page, 'excuse').first().click();
    const dialogue = page.getByRole('dialog');
    await field(dialogue, 'excuse.reason').fill('Mất điện cả xã,\nđã báo điện lực');
    await look(page, 'excuse-vi-pc', true);
    await button(dialogue, 'excuse').click();
    await page.locator('.mantine-Accordion-control [data-verdict=excused]').waitFor();
    await page.getByText('Mất điện cả xã').waitFor();
    const [[speaker], [unit]] = [await listed('/api/speakers'), await listed('/api/units')];
    await correctHistory(page, { speaker: speaker?.id ?? '', unit: unit?.id ?? '' }, () =>
      look(page, 'correction-vi-pc', true),
    );
    // Beside the verdict of its day, with the week, and beside the verdicts of the unit.
    await expect.poll(() => page.locator('[data-correction]:not(td *)').count()).toBe(2);
    await page.locator('td [data-correction] [style*=pre-line]').getByText('hoa').first().waitFor();
    await button(page, 'lock').click();
    await look(page, 'lock-vi-pc', true);
    await button(dialogue, 'lock').click();
    await page.locator('[data-locked]').getByText('hoa').waitFor();
    await page.locator('[data-verdict=unproven]').first().waitFor();
    expect(await page.locator('[data-verdict=unknown]').count()).toBe(0);
    await page
      .getByRole('button', { name: said('vi', 'totals'), exact: true })
      .first()
      .click();
    await page.getByText(said('vi', 'totals.all')).click();
    await page.getByRole('cell', { name: 'Xã Thử' }).last().waitFor();
    await look(page, 'verdicts-locked-vi-pc', true);
  },
  STORY_MS,
);
