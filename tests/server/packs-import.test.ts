import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { airtimeRuleSchema } from '#schemas/airtime.ts';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { hotlineSchema } from '#schemas/entities/hotline.ts';
import { campaignSchema, directiveSchema, unitSchema } from '#schemas/entities/site.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { runCli } from '#tests/support/run-cli.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

let place: ServerPlace;
let server: RunningServer;
let person: ApiCaller;
let village: string;
const TOPICS = join(import.meta.dirname, '..', '..', 'content', 'packs', 'topics');
const DAYS = ['--from', '2025-01-13', '--to', '2025-03-31'];

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run();
  const administrator = await firstAdministrator(server);
  const roles = ['operator', 'approver'];
  person = await newPerson(server, administrator, { username: 'can_bo', roles });
  const session = { server: server.url, token: person.token };
  await writeFile(join(place.folder, 'session.json'), JSON.stringify(session));
  const units = z.array(unitSchema).parse(await person.get('/api/units'));
  village = units.find(({ level }) => level === 'village')?.id ?? '';
});
afterAll(async () => {
  await server?.stop();
  await place?.remove();
});

const packs = async (...words: string[]) => {
  const environment = { TIENG_LANG_SESSION: join(place.folder, 'session.json') };
  const run = await runCli(['packs', ...words], { environment });
  return { ...run, said: run.output === '' ? undefined : JSON.parse(run.output) };
};

/** The program's own topic with a few words of each text: what is tested is not the voice. */
const shortTopic = async (key: string): Promise<string> => {
  const folder = join(place.folder, key);
  await cp(join(TOPICS, key), folder, { recursive: true });
  for (const name of await readdir(join(folder, 'bulletins'))) {
    const path = join(folder, 'bulletins', name);
    const text = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...text, script: [`${text.title}.`] }));
  }
  return folder;
};

test('a pack becomes directive, campaign, rule and submitted bulletins, and once only', async () => {
  const confirm = ['--confirm', 'ruleStartsInPast,ruleIsOver,campaignWithoutContent'];
  const words = [
    'import',
    await shortTopic('lua-dao-viec-lam'),
    ...DAYS,
    '--unit',
    village,
    ...confirm,
  ];
  const imported = await packs(...words);
  expect(imported.errors).toBe('');
  expect(imported.said).toMatchObject({ rules: [expect.any(String)], alreadyThere: [] });
  expect(imported.said.bulletins).toHaveLength(3);
  const directives = z.array(directiveSchema).parse(await person.get('/api/directives'));
  const directive = directives.find(({ id }) => id === imported.said.directive);
  expect(directive).toMatchObject({ day: '2025-01-10' });
  const campaigns = z.array(campaignSchema).parse(await person.get('/api/campaigns'));
  const campaign = campaigns.find(({ id }) => id === imported.said.campaign);
  expect(campaign).toMatchObject({ from: '2025-01-13', directive: directive?.id });
  const rules = z.array(airtimeRuleSchema).parse(await person.get('/api/rules'));
  expect(rules.find(({ id }) => id === imported.said.rules[0])).toMatchObject({
    campaign: campaign?.id,
    directive: directive?.id,
    unit: village,
    minOccurrences: 2,
    minMinutes: 30,
    to: '2025-03-31',
  });
  const again = await packs(...words);
  expect(again.said).toMatchObject({ rules: [], bulletins: [], campaign: campaign?.id });
  expect(again.said.alreadyThere).toHaveLength(3);
});

test('the numbers of a pack become hotlines, and a text waits as a draft for one that is missing', async () => {
  const numbers = ['cong-an-xa=0237 3721 150', 'cong-an-tinh=0692888999'];
  const words = numbers.flatMap((number) => ['--number', number]);
  const imported = await packs('import', 'duong-day-nong', ...DAYS, ...words);
  expect(imported.said).toMatchObject({ missing: ['truong-thon'], rules: [] });
  expect(imported.said.bulletins).toHaveLength(3);
  const lines = z.array(hotlineSchema).parse(await person.get('/api/hotlines'));
  expect(lines.map(({ key, kind, number }) => [key, kind, number])).toEqual([
    ['cong-an-tinh', 'police', '0692888999'],
    ['cong-an-xa', 'police', '0237 3721 150'],
    ['truong-thon', 'villageHead', null],
  ]);
  const bulletins = z.array(bulletinSchema).parse(await person.get('/api/bulletins'));
  const hotlines = bulletins.filter(({ role }) => role === 'hotline');
  const waiting = hotlines.filter(({ state }) => state === 'draft');
  expect(waiting.map(({ title }) => title)).toEqual(['Số điện thoại trưởng thôn']);
  const again = await packs('import', 'duong-day-nong', ...DAYS);
  expect(again.said).toMatchObject({ missing: ['truong-thon'], bulletins: [] });
});

test('an ident is brought for the unit, says its name, and is its own once it is released', async () => {
  const imported = await packs('import', 'loi-xuong', ...DAYS, '--unit', village);
  expect(imported.said.bulletins).toHaveLength(2);
  const [{ id }] = imported.said.bulletins;
  const { clip, units } = bulletinSchema.parse(await person.get(`/api/bulletins/${id}`));
  expect(units).toEqual([village]);
  await person.post(`/api/bulletins/${id}/release`, { clip });
  expect(await person.get('/api/idents')).toContainEqual(
    expect.objectContaining({ role: 'ident', unit: village, own: id }),
  );
});

test('what the server refuses is said, and nothing after it is made', async () => {
  const refused = await packs('import', 'ma-tuy', '--from', '2025-03-31', '--to', '2025-01-01');
  expect(refused.status).toBe(2);
  expect(refused.errors).toContain('ruleEndsBeforeStart');
  const bulletins = z.array(bulletinSchema).parse(await person.get('/api/bulletins'));
  expect(bulletins.some(({ title }) => /ma túy/.test(title))).toBe(false);
});

test('the packs of the program are listed with what they need', async () => {
  const { said } = await packs('list');
  expect(said).toContainEqual(
    expect.objectContaining({
      key: 'duong-day-nong',
      numbers: expect.arrayContaining(['cong-an-xa']),
    }),
  );
  expect(said).toHaveLength(9);
});
