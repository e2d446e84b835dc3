import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { readLog } from '#tests/support/evidence.ts';
import { type Program, startProgram } from '#tests/support/program.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const TIMEOUT_MS = 180_000;
const DEADLINE_MS = 60_000;
const auditSchema = z.array(z.looseObject({ action: z.string(), subject: z.string() }));
const healthSchema = z.looseObject({
  health: z.looseObject({ limitsRevision: z.int(), logSeq: z.int() }).nullable(),
});

let place: ServerPlace;
let server: RunningServer;
let administrator: ApiCaller;
let operator: ApiCaller;
let speaker: string;
let agent: Program;

/** What the speaker last said of itself; it says so a moment after it has connected. */
const healthOf = async (fits: (limitsRevision: number) => boolean = () => true) => {
  const read = async () =>
    healthSchema.parse(await administrator.get(`/api/speakers/${speaker}/health`)).health;
  const health = await eventually(
    read,
    (told) => told !== null && fits(told.limitsRevision),
    DEADLINE_MS,
  );
  return health ?? { limitsRevision: 0, logSeq: 0 };
};

const lastDeed = async () => auditSchema.parse(await administrator.get('/api/audit'))[0];

const refused = async (who: ApiCaller, path: string, json: unknown) => {
  const { status, body } = await who.call('POST', path, { json });
  return { status, body };
};

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run();
  administrator = await firstAdministrator(server);
  operator = await newPerson(server, administrator, { username: 'lan', roles: ['operator'] });
  const issued = await server.issueCodeForWaitingSpeaker();
  speaker = issued?.speaker ?? '';
  agent = startProgram(['agent'], {
    TIENG_LANG_AGENT_FOLDER: join(place.folder, 'agent'),
    TIENG_LANG_AGENT_SERVER_URL: server.url,
    TIENG_LANG_AGENT_ENROL_CODE: issued?.code ?? '',
    TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
  });
  await agent.next('recordWritten', ({ kind }) => kind === 'clock');
}, TIMEOUT_MS);

afterAll(async () => {
  await agent?.end();
  await server?.stop();
  await place?.remove();
});

test(
  'an administrator has a speaker start anew from afar, once, and its log says so',
  async () => {
    const order = { speakers: [speaker] };
    expect(await refused(operator, '/api/restart', order)).toMatchObject({ status: 403 });
    await administrator.post('/api/restart', order);
    expect(await lastDeed()).toMatchObject({ action: 'restartSpeaker', subject: speaker });
    await agent.next('agentStopped');
    await agent.next('linkConnected');
    await agent.next('recordWritten', ({ kind }) => kind === 'clock');
    const { records } = await eventually(
      () => readLog(administrator, speaker),
      ({ records: told }) => told.filter(({ record }) => record.kind === 'boot').length === 2,
      DEADLINE_MS,
    );
    const causes = records.flatMap(({ record }) => (record.kind === 'boot' ? record.cause : []));
    expect(causes).toEqual(['first', 'ordered']);
  },
  TIMEOUT_MS,
);

test(
  'an administrator has a speaker deliver what the server does not have',
  async () => {
    const order = { speakers: [speaker] };
    expect(await refused(operator, '/api/ask-for-logs', order)).toMatchObject({ status: 403 });
    const [asked] = z
      .array(z.object({ order: z.string(), speaker: z.string(), fromSeq: z.int() }))
      .parse(await administrator.post('/api/ask-for-logs', order));
    expect(await lastDeed()).toMatchObject({ action: 'askForLog', subject: speaker });
    await agent.next('orderSettled', (facts) => facts.order === asked?.order);
    const { logSeq } = await healthOf();
    await eventually(
      () => readLog(administrator, speaker),
      ({ records }) => (records.at(-1)?.seq ?? 0) >= logSeq,
      DEADLINE_MS,
    );
  },
  TIMEOUT_MS,
);

test(
  'an operator turns a speaker down, and up as far as its signed limits allow',
  async () => {
    const path = `/api/speakers/${speaker}/volume`;
    const { limitsRevision } = await healthOf();
    expect(await operator.post(path, { volume: 35 })).toMatchObject({ id: speaker, volume: 35 });
    expect(await lastDeed()).toMatchObject({ action: 'setVolume', subject: speaker });
    await healthOf((told) => told > limitsRevision);
    expect(await refused(operator, path, { volume: 101 })).toMatchObject({ status: 400 });
    const nobody = '0197a000-0000-7000-8000-000000000001';
    expect(await refused(operator, `/api/speakers/${nobody}/volume`, { volume: 3 })).toMatchObject({
      status: 404,
      body: { code: 'unknownSpeaker' },
    });
  },
  TIMEOUT_MS,
);
