import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { addDays } from '#runtime/day-table.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const capSchema = z.looseObject({ id: z.string(), unit: z.string(), from: z.string() });

let place: ServerPlace;
let server: RunningServer;
let administrator: ApiCaller;
let approver: ApiCaller;
let cap: z.infer<typeof capSchema>;
let tomorrow: string;

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run();
  const first = await firstAdministrator(server);
  const person = (username: string, roles: string[]) =>
    newPerson(server, first, { username, roles });
  administrator = await person('tam', ['administrator', 'operator']);
  approver = await person('minh', ['approver']);
  const [known] = z.array(capSchema).parse(await first.get('/api/caps'));
  if (known === undefined) throw new Error('the site has no quiet hours');
  cap = known;
  tomorrow = addDays(cap.from, 1);
});
afterAll(async () => {
  await server.stop();
  await place.remove();
});

const quiet = async (caller: ApiCaller, change: object) => {
  const json = { id: cap.id, unit: cap.unit, from: tomorrow, ...change };
  return caller.call('POST', '/api/caps', { json });
};
const limit = (caller: ApiCaller, json: object) => caller.call('POST', '/api/limits', { json });
const refused = { status: 403, body: { code: 'notAllowed', needs: 'approver' } };

test('longer quiet hours are set by an administrator, shorter ones by an approver only', async () => {
  const longer = { quietHours: [{ from: '20:00', to: '06:00' }] };
  expect(await quiet(administrator, longer)).toMatchObject({ status: 201 });
  const shorter = { quietHours: [{ from: '20:00', to: '05:59' }] };
  expect(await quiet(administrator, shorter)).toMatchObject(refused);
  expect(await quiet(approver, shorter)).toMatchObject({ status: 201 });
});

test.each([
  { why: 'no quiet hours at all', change: () => ({ quietHours: [] }) },
  { why: 'an end of the quiet hours', change: () => ({ to: tomorrow }) },
])('$why is for an approver, not for an administrator', async ({ change }) => {
  const same = { quietHours: [{ from: '20:00', to: '05:59' }], ...change() };
  expect(await quiet(administrator, same)).toMatchObject(refused);
});

test('a lower volume and a shorter stretch are set by an administrator, the other way by an approver only', async () => {
  const before = { maxVolume: 100, maxContinuousMin: 240 };
  expect(await administrator.get('/api/limits')).toEqual(before);
  const tight = { maxVolume: 70, maxContinuousMin: 90 };
  expect(await limit(administrator, tight)).toMatchObject({ status: 201, body: tight });
  expect(await limit(administrator, { maxVolume: 71 })).toMatchObject(refused);
  expect(await limit(administrator, { maxContinuousMin: 91 })).toMatchObject(refused);
  expect(await administrator.get('/api/limits')).toEqual(tight);
  expect(await limit(approver, { maxVolume: 71 })).toMatchObject({
    body: { maxVolume: 71, maxContinuousMin: 90 },
  });
});

test('everybody sees who set the limits in force, and which approver loosened them last', async () => {
  const approval = () => administrator.get('/api/limits/approval');
  await limit(administrator, { maxVolume: 60 });
  expect(await approval()).toMatchObject({ changed: { by: 'tam' }, approved: { by: 'minh' } });
  const quietHours = [{ from: '22:00', to: '05:00' }];
  const settings = { ...Object(await administrator.get('/api/settings')), quietHours };
  await administrator.call('POST', '/api/settings', { json: settings });
  const tightened = await approval();
  const json = { ...settings, quietHours: [{ from: '22:00', to: '04:00' }] };
  expect(await approver.call('POST', '/api/settings', { json })).toMatchObject({ status: 403 });
  await limit(approver, { maxVolume: 60 });
  expect(await approval()).toEqual(tightened);
});

test('whoever loosened what speakers refuse stands in the audit', async () => {
  const audit = z
    .array(z.looseObject({ action: z.string(), facts: z.looseObject({}) }))
    .parse(await administrator.get('/api/audit'));
  const loosened = audit.filter(({ facts }) => facts.loosens === true);
  expect(loosened.map(({ action }) => action).sort()).toEqual(['setCap', 'setSiteLimits']);
});
