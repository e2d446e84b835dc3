import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, sha256, verifyEd25519 } from '#runtime/signing.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { releaseSchema } from '#schemas/release.ts';
import { type ApiCaller, callAs } from '#tests/support/api-caller.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

const releaseOf = (caller: ApiCaller, { id, clip }: { id: string; clip: string }) =>
  caller.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });

test('a recording goes from upload over preview to a release that binds its bytes', async () => {
  const answer = await newsroom.upload(newsroom.operator, await newsroom.speech());
  expect(answer.status).toBe(201);
  const bulletin = bulletinSchema.parse(answer.body);
  expect(bulletin).toMatchObject({
    state: 'submitted',
    campaigns: [newsroom.campaign],
    title: 'Bulletin',
  });
  const preview = await fetch(`${newsroom.server.url}/api/bulletins/${bulletin.id}/audio`, {
    headers: { authorization: `Bearer ${newsroom.approver.token}` },
  });
  const heard = new Uint8Array(await preview.arrayBuffer());
  expect(sha256(heard)).toBe(bulletin.clip);

  const other = await releaseOf(newsroom.approver, { id: bulletin.id, clip: 'f'.repeat(64) });
  expect(other, 'other bytes').toMatchObject({ status: 409, body: { code: 'changedMeanwhile' } });
  const released = await releaseOf(newsroom.approver, bulletin);
  expect(released).toMatchObject({ status: 200, body: { state: 'released', clip: bulletin.clip } });
  const again = await releaseOf(newsroom.approver, bulletin);
  expect(again).toMatchObject({ status: 409, body: { code: 'wrongState', state: 'released' } });

  const release = await storedRelease(bulletin.id);
  expect(release).toMatchObject({ bulletin: bulletin.id, clip: bulletin.clip, site: 'xa-thu' });
});

const storedRelease = async (bulletin: string) => {
  const stored = await newsroom.inStore((store) => store.releaseOf(bulletin));
  const publicKey = Buffer.from((await siteKey()) ?? '', 'base64');
  const envelope = envelopeSchema.parse(JSON.parse(stored?.envelope ?? ''));
  const opened = openEnvelope({
    envelope,
    purpose: 'release',
    keys: [{ keyId: envelope.keyId, publicKey, purposes: ['release'] }],
    codec: byteCodec,
    verify: verifyEd25519,
  });
  if (!opened.ok) throw new Error(opened.problem.code);
  return releaseSchema.parse(JSON.parse(Buffer.from(opened.value).toString('utf8')));
};

const siteKey = async (): Promise<string | undefined> => {
  const issued = await newsroom.server.issueCodeForWaitingSpeaker();
  const json = newMachine().request(issued?.code ?? '');
  const grant = enrolmentGrantSchema.parse(
    await callAs(newsroom.server.url).post('/api/enrol', json),
  );
  return grant.siteKeys[0];
};

test('the same recording brought twice is recognised, also under another name', async () => {
  const bytes = await newsroom.speech(20);
  const first = bulletinSchema.parse((await newsroom.upload(newsroom.operator, bytes)).body);
  const before = await newsroom.traces();
  const second = await newsroom.upload(newsroom.both, bytes, '&language=en');
  expect(second).toMatchObject({
    status: 409,
    body: { code: 'soundAlreadyBrought', id: first.id, title: first.title },
  });
  expect(await newsroom.traces()).toEqual(before);
});

test('the same recording brought by two people at once becomes one bulletin', async () => {
  const bytes = await newsroom.speech(25);
  const answers = await Promise.all([
    newsroom.upload(newsroom.operator, bytes),
    newsroom.upload(newsroom.both, bytes),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('a draft waits until it is submitted, and is then released by another person', async () => {
  const bytes = await newsroom.speech(30);
  const draft = bulletinSchema.parse(
    (await newsroom.upload(newsroom.both, bytes, '&submit=false')).body,
  );
  expect(draft.state).toBe('draft');
  expect(await releaseOf(newsroom.approver, draft)).toMatchObject({ body: { code: 'wrongState' } });
  await newsroom.both.post(`/api/bulletins/${draft.id}/submit`);
  const own = await releaseOf(newsroom.both, draft);
  expect(own).toMatchObject({ status: 403, body: { code: 'fourEyes' } });
  expect((await releaseOf(newsroom.approver, draft)).status).toBe(200);
  const gone = await newsroom.both.post(`/api/bulletins/${draft.id}/withdraw`);
  expect(gone).toMatchObject({ state: 'withdrawn' });
  const again = await newsroom.both.call('POST', `/api/bulletins/${draft.id}/withdraw`);
  expect(again).toMatchObject({ status: 409, body: { code: 'wrongState', state: 'withdrawn' } });
});

test('what is sent back stays off the air, and its author and the audit know why', async () => {
  const bytes = await newsroom.speech(40);
  const bulletin = bulletinSchema.parse((await newsroom.upload(newsroom.operator, bytes)).body);
  const json = { reason: 'Đọc sai số điện thoại' };
  const path = `/api/bulletins/${bulletin.id}/reject`;
  expect(await newsroom.approver.post(path, json)).toMatchObject({ state: 'rejected' });
  expect(await releaseOf(newsroom.approver, bulletin)).toMatchObject({
    body: { code: 'wrongState' },
  });
  expect(await newsroom.operator.get(`/api/bulletins/${bulletin.id}`)).toMatchObject({
    state: 'rejected',
    rejectReason: json.reason,
  });
  const audit = JSON.stringify(await newsroom.administrator.get('/api/audit'));
  expect(audit).toContain('Đọc sai số điện thoại');
});

test('two approvers at once: the bulletin is released once', async () => {
  const bytes = await newsroom.speech(50);
  const bulletin = bulletinSchema.parse((await newsroom.upload(newsroom.operator, bytes)).body);
  const before = await newsroom.traces();
  const answers = await Promise.all([
    releaseOf(newsroom.approver, bulletin),
    releaseOf(newsroom.both, bulletin),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const releases = Number(Reflect.get(Object(before), 'releases')) + 1;
  expect(await newsroom.traces()).toMatchObject({ releases });
});

test('a text is read out and becomes a bulletin like any other', async () => {
  const text = 'Bà con chú ý: chiều nay cắt điện từ mười ba giờ đến mười lăm giờ.';
  const json = { title: 'Cắt điện', text: text.normalize('NFD'), campaigns: [newsroom.campaign] };
  const bulletin = bulletinSchema.parse(await newsroom.operator.post('/api/bulletins/text', json));
  expect(bulletin).toMatchObject({ script: text.normalize('NFC'), state: 'submitted' });
  const path = `/api/bulletins/${bulletin.id}/audio`;
  expect(await newsroom.operator.call('GET', path)).toMatchObject({ status: 200 });
});
