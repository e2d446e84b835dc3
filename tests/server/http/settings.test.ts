import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { runCli } from '#tests/support/run-cli.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

let place: ServerPlace;
let server: RunningServer;
let caller: ApiCaller;

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run();
  caller = await firstAdministrator(server);
});
afterAll(async () => {
  await server?.stop();
  await place?.remove();
});

test('settings are read by everybody and changed by administrators', async () => {
  const operator = await newPerson(server, caller, { username: 'hai', roles: ['operator'] });
  const settings = z
    .looseObject({ marginS: z.number() })
    .parse(await operator.get('/api/settings'));
  expect(settings.marginS).toBe(30);
  const json = { ...settings, marginS: 45 };
  const refused = await operator.call('POST', '/api/settings', { json });
  expect(refused).toMatchObject({ status: 403 });
  expect(await operator.call('POST', '/api/settings/check', { json })).toMatchObject({
    status: 403,
  });
  expect(await caller.call('POST', '/api/settings/check', { json })).toMatchObject({
    status: 200,
    body: { settings: json, findings: [] },
  });
  expect(await operator.get('/api/settings')).toEqual(settings);
  await caller.post('/api/settings', json);
  expect(await operator.get('/api/settings')).toEqual(json);
});

test('who saves what was seen before somebody else saved is told what changed, and overwrites nothing', async () => {
  const seen = Object(await caller.get('/api/settings'));
  const others = { ...seen, marginS: 50, quietHours: [{ from: '20:00', to: '06:00' }] };
  await caller.post('/api/settings', { ...others, seen });
  const mine = { ...seen, latestStartMin: 20, seen };
  const refused = await caller.call('POST', '/api/settings', { json: mine });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'overtaken', fields: ['marginS', 'quietHours'] },
  });
  expect(Object(refused.body).sentence.vi).toContain('phát dư, giờ yên tĩnh');
  expect(await caller.get('/api/settings')).toEqual(others);
  const again = { ...others, latestStartMin: 20 };
  await caller.post('/api/settings', { ...again, seen: others });
  expect(await caller.get('/api/settings')).toEqual(again);

  const bounds = Object(await caller.get('/api/limits'));
  await caller.post('/api/limits', { ...bounds, maxVolume: 80, seen: bounds });
  const json = { ...bounds, maxContinuousMin: 100, seen: bounds };
  expect(await caller.call('POST', '/api/limits', { json })).toMatchObject({
    status: 409,
    body: { code: 'overtaken', fields: ['maxVolume'] },
  });
  expect(await caller.get('/api/limits')).toEqual({ ...bounds, maxVolume: 80 });

  const both = { ...again, marginS: 55, seen: again, limits: { maxVolume: 70, seen: bounds } };
  expect(await caller.call('POST', '/api/settings', { json: both })).toMatchObject({
    body: { code: 'overtaken', fields: ['maxVolume'] },
  });
  expect(await caller.get('/api/settings')).toEqual(again);
  await caller.post('/api/settings', { ...both, limits: { maxVolume: 70 } });
  expect(await caller.get('/api/settings')).toEqual({ ...again, marginS: 55 });
  expect(await caller.get('/api/limits')).toEqual({ ...bounds, maxVolume: 70 });
});

test('settings are shown, checked and changed from the command line, one by one', async () => {
  const path = join(place.folder, 'session.json');
  await writeFile(path, JSON.stringify({ server: server.url, token: caller.token }));
  const settings = async (...words: string[]) => {
    const environment = { TIENG_LANG_SESSION: path };
    const run = await runCli(['settings', ...words], { environment });
    return { ...run, said: run.output === '' ? undefined : JSON.parse(run.output) };
  };
  const { said: before } = await settings();
  const quietHours = ['--quiet-hours', '21:00-05:00,12:00-13:00', '--late', 'restart:20'];
  const manners = ['--manners', '05:00-06:00=55,18:00-20:00=none/skip'];
  const changed = {
    ...before,
    volume: 70,
    quietHours: [
      { from: '21:00', to: '05:00' },
      { from: '12:00', to: '13:00' },
    ],
    late: { do: 'restart', withinMin: 20 },
  };
  const told = [
    { from: '05:00', to: '06:00', volume: 55, late: null },
    { from: '18:00', to: '20:00', volume: null, late: { do: 'skip' } },
  ];
  const checked = await settings('--volume', '70', ...quietHours, '--check');
  expect(checked.said).toMatchObject({ settings: changed, findings: expect.any(Array) });
  expect((await settings()).said).toEqual(before);
  const codes = checked.said.findings.map(({ code }: { code: string }) => code).join(',');
  const set = await settings('--volume', '70', ...quietHours, '--confirm', codes);
  expect(set).toMatchObject({ errors: '', status: 0, said: changed });
  const refused = await settings('--dayparts', '5h-6h');
  expect(refused).toMatchObject({ status: 2, output: '' });
  const mistyped = await settings('--volume', '7O', '--confirm', codes);
  expect(mistyped).toMatchObject({ status: 2, output: '' });
  expect((await settings()).said).toEqual(changed);
  const back = ['--volume', 'none', '--dayparts', 'none', ...manners];
  expect((await settings(...back, '--confirm', codes)).said).toEqual({
    ...changed,
    volume: null,
    manners: told,
  });
});
