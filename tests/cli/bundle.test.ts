import { execFileSync } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { enrolSpeaker } from '#player-agent/enrol.ts';
import { grantPath, readIdentity } from '#player-agent/identity.ts';
import { nodeStick } from '#player-agent/stick/node-stick.ts';
import { openBundle } from '#player-agent/stick/open-bundle.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { startProgram } from '#tests/support/program.ts';
import { runCli } from '#tests/support/run-cli.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { newId } from '#tests/support/site-in-store.ts';

const speakersSchema = z.array(z.looseObject({ id: z.string(), unit: z.string() }));

describe('the commands for USB sticks', () => {
  let place: ServerPlace;
  let server: RunningServer;
  let administrator: ApiCaller;
  let operator: ApiCaller;
  let grant: EnrolmentGrant;
  let unit = '';
  let agentFolder = '';
  let path = '';
  let environment: Record<string, string> = {};

  beforeAll(async () => {
    place = await createServerPlace();
    server = await place.run();
    administrator = await firstAdministrator(server);
    operator = await newPerson(server, administrator, { username: 'lan', roles: ['operator'] });
    const [first] = speakersSchema.parse(await operator.get('/api/speakers'));
    unit = first?.unit ?? '';
    const issued = await administrator.post(`/api/speakers/${first?.id}/code`);
    const { code } = z.looseObject({ code: z.string() }).parse(issued);
    agentFolder = join(place.folder, 'agent');
    const enrolment = { serverUrl: server.url, code, folder: agentFolder };
    await enrolSpeaker({ ...enrolment, disk: nodeDisk, fetchUrl: fetch });
    const identity = await readIdentity(nodeDisk, agentFolder);
    if (!identity.ok) throw new Error(identity.problem.code);
    grant = identity.value.grant;
    const broker = { ...grant.broker, url: 'mqtt://127.0.0.1:1' };
    await writeFile(grantPath(agentFolder), JSON.stringify({ ...grant, broker }));
    const session = join(place.folder, 'session.json');
    await writeFile(session, JSON.stringify({ server: server.url, token: operator.token }));
    environment = { TIENG_LANG_SESSION: session };
    path = join(place.folder, 'stick.tieng-lang.tar');
  });
  afterAll(async () => {
    await server?.stop();
    await place?.remove();
  });

  const cli = (...words: string[]) => runCli(['bundle', ...words], { environment });
  const open = async () => {
    const stick = nodeStick(place.folder);
    const [file] = await stick.bundles();
    const reader = file && (await stick.open(file));
    if (reader === undefined) throw new Error('no bundle');
    const opened = await openBundle(reader, grant);
    await reader.close();
    return opened;
  };

  test('a bundle for a unit opens with the keys of its speaker, and any tar lists it', async () => {
    expect(await cli('write', path, '--unit', unit)).toMatchObject({ status: 0 });
    const opened = await open();
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    const names = [...opened.value.members.keys()];
    expect(names).toContain(`speakers/${grant.speaker}/limits.json`);
    const listed = execFileSync('tar', ['tf', path], { encoding: 'utf8' });
    expect(listed.trim().split('\n')).toEqual(['index.json', ...names]);
  });

  test('a bundle that was cut on the way is refused by the speaker', async () => {
    await cli('write', path, '--speaker', grant.speaker);
    await truncate(path, (await readFile(path)).length - 2_000);
    expect(await open()).toMatchObject({ ok: false, problem: { reason: 'badMessage' } });
  });

  test('an agent without a network takes the stick, and its log comes home once', async () => {
    const mount = join(place.folder, 'media', 'USB');
    await mkdir(mount, { recursive: true });
    await cli('write', join(mount, 'xa-mau.tieng-lang.tar'), '--unit', unit);
    const agent = startProgram(['agent'], {
      TIENG_LANG_AGENT_FOLDER: agentFolder,
      TIENG_LANG_AGENT_STICK_FOLDER: join(place.folder, 'media'),
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
    });
    await agent.next('stickRead');
    await agent.end();
    const { speaker } = grant;
    const logPath = join(mount, `${speaker}.tieng-lang.log`);
    const first = JSON.parse((await cli('take', logPath)).output);
    expect(first).toMatchObject({ speaker, stored: first.upTo, findings: 0 });
    expect(first.upTo).toBeGreaterThan(0);
    const again = await cli('take', logPath);
    expect(JSON.parse(again.output)).toMatchObject({ stored: 0, upTo: first.upTo, findings: 0 });
    await cli('write', path, '--speaker', speaker);
    const opened = await open();
    const logTo = first.upTo;
    expect(opened).toMatchObject({ value: { index: { speakers: [{ speaker, logTo }] } } });
  });

  test('who wrote a bundle and who brought a log stands in the audit', async () => {
    const audit = z
      .array(z.looseObject({ action: z.string() }))
      .parse(await administrator.get('/api/audit'));
    expect(audit.find(({ action }) => action === 'writeBundle')).toMatchObject({
      actor: { kind: 'user' },
      facts: { speakers: [grant.speaker] },
    });
    expect(audit.find(({ action }) => action === 'takeStickLog')).toMatchObject({
      actor: { kind: 'user' },
      subject: grant.speaker,
      facts: { stored: 0, findings: 0 },
    });
  });

  test.each([
    { why: 'nobody is chosen', query: '', status: 400 },
    { why: 'no such unit', query: `?unit=${newId()}`, status: 404 },
    { why: 'no such speaker', query: `?speakers=${newId()}`, status: 404 },
  ])('a bundle is refused with a sentence: $why', async ({ query, status }) => {
    expect((await operator.call('GET', `/api/bundle${query}`)).status).toBe(status);
  });
});
