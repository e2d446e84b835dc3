import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const idSchema = z.object({ id: z.string() });
const nowhere = '01900000-0000-7000-8000-000000000099';

let place: ServerPlace;
let server: RunningServer;
let caller: ApiCaller;
let unit: string;
let directive: string;
let campaign: string;

const newest = async (path: string): Promise<number> =>
  z.array(z.unknown()).parse(await caller.get(path)).length;

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run();
  caller = await firstAdministrator(server);
  const units = z.array(z.object({ id: z.string(), level: z.string() }));
  const all = units.parse(await caller.get('/api/units'));
  unit = all.find(({ level }) => level === 'commune')?.id ?? '';
  const made = await caller.post('/api/directives', {
    number: '15/KH-UBND',
    issuer: 'UBND xã Cẩm Tân',
    day: '2025-01-08',
    abstract: 'Cao điểm tuyên truyền dịp Tết',
  });
  directive = idSchema.parse(made).id;
  const named = { name: 'Tết an toàn', directive, from: '2025-01-25', to: '2025-02-05' };
  campaign = idSchema.parse(await caller.post('/api/campaigns', named)).id;
});
afterAll(async () => {
  await server.stop();
  await place.remove();
});

/** What is odd about a rule for a time that is past, whose campaign has no bulletin. */
const confirmed = [
  'ruleStartsInPast',
  'ruleIsOver',
  'ruleBindsNobody',
  'ruleOutsideCampaign',
  'campaignWithoutBulletins',
];

const rule = (changes: object) => ({
  confirmed,
  campaign,
  unit,
  directive,
  scope: 'subtree',
  minOccurrences: 2,
  minMinutes: 30,
  from: '2025-01-25',
  to: '2025-02-05',
  ...changes,
});

test('a rule is entered with the defaults that its definition names', async () => {
  expect(await caller.post('/api/rules', rule({}))).toMatchObject({
    version: 1,
    versionFrom: '2025-01-25',
    per: 'day',
    maxGapS: 60,
    startToleranceS: 120,
    counts: 'campaign',
    unlessAired: null,
  });
});

const wrongRules: { why: string; changes: () => object; code: string; status: number }[] = [
  {
    why: 'its year is a slip of the pen, before the directive, and nobody confirmed it',
    changes: () => ({ from: '2024-01-25', to: '2024-02-05' }),
    code: 'notConfirmed',
    status: 409,
  },
  {
    why: 'it has no end',
    changes: () => ({ to: null }),
    code: 'ruleWithoutEnd',
    status: 422,
  },
  {
    why: 'it ends before it starts',
    changes: () => ({ from: '2025-02-05', to: '2025-01-25' }),
    code: 'ruleEndsBeforeStart',
    status: 422,
  },
  {
    why: 'its year is far from the directive’s',
    changes: () => ({ to: '2205-02-05' }),
    code: 'ruleYearImplausible',
    status: 422,
  },
  {
    why: 'its year is far from today, and there is no directive',
    changes: () => ({ directive: null, from: '1925-01-25', to: '1925-02-05' }),
    code: 'ruleYearImplausible',
    status: 422,
  },
  {
    why: 'its campaign is unknown',
    changes: () => ({ campaign: nowhere }),
    code: 'unknownCampaign',
    status: 404,
  },
  {
    why: 'its unit is unknown',
    changes: () => ({ unit: nowhere }),
    code: 'unknownUnit',
    status: 404,
  },
  {
    why: 'its directive is unknown',
    changes: () => ({ directive: nowhere }),
    code: 'notFound',
    status: 404,
  },
  {
    why: 'it is a version of no rule',
    changes: () => ({ id: nowhere }),
    code: 'notFound',
    status: 404,
  },
  {
    why: 'blocks of days have no length',
    changes: () => ({ per: 'everyDays' }),
    code: 'ruleIncomplete',
    status: 422,
  },
  {
    why: 'each unit of no level owes it',
    changes: () => ({ scope: 'each' }),
    code: 'ruleIncomplete',
    status: 422,
  },
  {
    why: 'a rule that is not there exempts from it',
    changes: () => ({ unlessAired: nowhere }),
    code: 'ruleIncomplete',
    status: 422,
  },
  {
    why: 'the day is none of the calendar',
    changes: () => ({ to: '2025-02-30' }),
    code: 'requestInvalid',
    status: 400,
  },
  {
    why: 'it demands no occurrence',
    changes: () => ({ minOccurrences: 0 }),
    code: 'requestInvalid',
    status: 400,
  },
];

test.each(wrongRules)('a rule is refused when $why', async ({ changes, code, status }) => {
  const before = await newest('/api/rules');
  const refused = await caller.call('POST', '/api/rules', { json: rule(changes()) });
  expect(refused).toMatchObject({ status, body: { code } });
  expect(await newest('/api/rules')).toBe(before);
});

test('rules that exempt each other in a circle are refused', async () => {
  const ward = idSchema.parse(await caller.post('/api/rules', rule({})));
  const group = idSchema.parse(await caller.post('/api/rules', rule({ unlessAired: ward.id })));
  const json = rule({ id: ward.id, unlessAired: group.id });
  const refused = await caller.call('POST', '/api/rules', { json });
  expect(refused).toMatchObject({ status: 422, body: { code: 'ruleCycle', rule: ward.id } });
});

test('a new version is in force from tomorrow, whatever is asked for', async () => {
  const { id } = idSchema.parse(await caller.post('/api/rules', rule({})));
  const json = rule({ id, minMinutes: 15, versionFrom: '2025-01-26' });
  const second = z
    .object({ version: z.number(), versionFrom: z.string() })
    .parse(await caller.post('/api/rules', json));
  expect(second.version).toBe(2);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format();
  expect(second.versionFrom > today).toBe(true);
});

test('a rule that starts before its directive’s day is entered once that was confirmed', async () => {
  const json = rule({ from: '2025-01-03', confirmed: ['ruleStartsInPast'] });
  const refused = await caller.call('POST', '/api/rules', { json });
  expect(refused).toMatchObject({ status: 409, body: { code: 'notConfirmed' } });
  const codes = z.object({ codes: z.array(z.string()) }).parse(refused.body).codes;
  expect(codes).toContain('ruleStartsBeforeDirective');
  const again = await caller.call('POST', '/api/rules', { json: { ...json, confirmed: codes } });
  expect(again.status).toBe(409);
  const all = [...codes, 'ruleStartsInPast'];
  await caller.post('/api/rules', { ...json, confirmed: all });
});

test('what is odd about a rule is told in both languages, and nothing is written', async () => {
  const before = await newest('/api/rules');
  const checked = await caller.post('/api/rules/check', rule({ from: '2025-01-03' }));
  const { findings } = z
    .object({ findings: z.array(z.object({ code: z.string(), sentences: z.unknown() })) })
    .parse(checked);
  const odd = findings.find(({ code }) => code === 'ruleStartsBeforeDirective');
  expect(odd?.sentences).toEqual({
    vi: expect.stringContaining('08/01/2025'),
    en: expect.stringContaining('08/01/2025'),
  });
  expect(await newest('/api/rules')).toBe(before);
});

test('a directive dated in the future is refused', async () => {
  const json = { number: '1', issuer: 'UBND', day: '2199-01-01', abstract: 'Nhầm năm' };
  const refused = await caller.call('POST', '/api/directives', { json });
  expect(refused).toMatchObject({ status: 422, body: { code: 'ruleYearImplausible' } });
});

test.each([
  { why: 'it ends before it starts', changes: { to: '2024-12-31' }, code: 'ruleEndsBeforeStart' },
  { why: 'its unit is unknown', changes: { unit: nowhere }, code: 'unknownUnit' },
  { why: 'there is none to change', changes: { id: nowhere }, code: 'notFound' },
])('a cap is refused when $why', async ({ changes, code }) => {
  const json = { unit, from: '2025-01-01', maxSessionsPerDay: 2, ...changes };
  const before = await newest('/api/caps');
  expect(await caller.call('POST', '/api/caps', { json })).toMatchObject({ body: { code } });
  expect(await newest('/api/caps')).toBe(before);
});

test.each([
  {
    why: 'it starts before its directive',
    changes: () => ({ from: '2024-01-25' }),
    code: 'ruleStartsBeforeDirective',
  },
  { why: 'its directive is unknown', changes: () => ({ directive: nowhere }), code: 'notFound' },
])('a campaign is refused when $why', async ({ changes, code }) => {
  const json = { name: 'Đợt', directive, from: '2025-01-25', to: '2025-02-05', ...changes() };
  expect(await caller.call('POST', '/api/campaigns', { json })).toMatchObject({ body: { code } });
});

test('a fixed programme is entered by an approver and read by everybody, and by no operator entered', async () => {
  const days = { from: '2026-01-01', weekdays: [1, 2, 3, 4, 5] };
  const json = { unit, name: 'Tiếp âm đài tỉnh', ...days, startsAt: '04:00', endsAt: '04:30' };
  const approver = await newPerson(server, caller, { username: 'minh', roles: ['approver'] });
  const operator = await newPerson(server, caller, { username: 'lan', roles: ['operator'] });
  const refused = await operator.call('POST', '/api/programmes', { json });
  expect(refused).toMatchObject({ status: 403 });
  const { id } = idSchema.parse(await approver.post('/api/programmes', json));
  await approver.post('/api/programmes', { ...json, id, suspended: true });
  expect(await operator.get('/api/programmes')).toEqual([
    { ...json, id, to: null, suspended: true },
  ]);
  const empty = { ...json, endsAt: '04:00' };
  expect(await approver.call('POST', '/api/programmes', { json: empty })).toMatchObject({
    status: 400,
    body: { code: 'requestInvalid', issues: [{ path: 'endsAt' }] },
  });
});

test('a unit is placed below one of a higher level, and not into the past', async () => {
  const village = { parent: unit, level: 'village', name: 'Thôn Mới' };
  const { id } = idSchema.parse(await caller.post('/api/units', village));
  const below = { parent: id, level: 'commune', name: 'Xã Ngược' };
  const refused = await caller.call('POST', '/api/units', { json: below });
  expect(refused).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
  const longAgo = { ...village, from: '2020-01-01' };
  expect(await caller.call('POST', '/api/units', { json: longAgo })).toMatchObject({
    body: { code: 'requestInvalid', issues: [{ path: 'from' }] },
  });
  const orphan = { parent: nowhere, level: 'village', name: 'Thôn Lạc' };
  expect(await caller.call('POST', '/api/units', { json: orphan })).toMatchObject({
    body: { code: 'unknownUnit' },
  });
});
