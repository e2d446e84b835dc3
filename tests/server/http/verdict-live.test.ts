import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator } from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { type LiveClient, openLiveClient } from '#tests/support/live-client.ts';
import { type OwingSpeaker, openOwingSpeaker } from '#tests/support/owing-speaker.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

let place: ServerPlace;
let server: RunningServer;
let administrator: ApiCaller;
let owing: OwingSpeaker;
let screen: LiveClient;

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run();
  administrator = await firstAdministrator(server);
  owing = await openOwingSpeaker(server, place.dataFolder, administrator);
  screen = await openLiveClient(server.url, administrator.token);
});
afterAll(async () => {
  screen?.leave();
  await owing?.close();
  await server?.stop();
  await place?.remove();
});

test('an open screen is told which verdict a record has changed, and reads the same', async () => {
  const { speaker, rule } = owing;
  const about = expect.objectContaining({ rule, speaker });
  expect(await administrator.get('/api/verdicts')).toMatchObject({
    verdicts: expect.arrayContaining([expect.objectContaining({ rule, verdict: 'pending' })]),
  });
  await owing.air();
  await screen.next((event) => event.kind === 'recordStored' && event.speaker === speaker);
  const { event } = await screen.next(({ kind }) => kind === 'verdictsChanged');
  expect(event).toMatchObject({ verdicts: expect.arrayContaining([about]) });
  const told = event.kind === 'verdictsChanged' ? event.verdicts : [];
  const met = told.find((verdict) => verdict.verdict === 'met');
  expect(met).toMatchObject({ rule, speaker, has: 1, owed: 1 });
  const day = met?.period.from ?? '';
  expect(await administrator.get(`/api/verdicts?day=${day}`)).toMatchObject({
    verdicts: expect.arrayContaining([expect.objectContaining({ rule, speaker, verdict: 'met' })]),
  });
});

/** The longest that plans of one speaker may take. */
const PLANS_MS = 60_000;

test('a rule that is entered is planned by at once, and what it lacks stands with the plans', async () => {
  const plans = () => administrator.get(`/api/plans?speaker=${owing.speaker}`);
  const lacks = (text: unknown) =>
    JSON.stringify(text).includes(`"campaignWithoutBulletins","campaign":"${owing.campaign}"`);
  await eventually(plans, lacks, PLANS_MS);
});
