import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import { runCli } from '../support/run-cli.ts';
import { createSignedLog, newSigner } from '../support/signed-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const newId = () => createId(systemClock(), systemEntropy);

/** A log of five heartbeats as lines, and the key that signed them. */
const fiveRecords = () => {
  const signer = newSigner();
  const log = createSignedLog({ site: 'xa-thu', speaker: newId(), signer });
  const boot = newId();
  for (let posMs = 0; posMs < 5; posMs += 1) {
    log.append({ body: { kind: 'heartbeat', openSession: null }, boot, posMs });
  }
  const key = Buffer.from(signer.publicKey).toString('base64');
  return { key, lines: log.envelopes.map((envelope) => JSON.stringify(envelope)) };
};

const swapped = (lines: readonly string[]) => {
  const [a = '', b = '', c = '', ...rest] = lines;
  return [a, c, b, ...rest];
};

const altered = (lines: readonly string[]) =>
  lines.map((line, index) => {
    if (index !== 1) return line;
    const { payload, ...rest } = JSON.parse(line);
    const text = Buffer.from(payload, 'base64').toString().replace('"posMs":1', '"posMs":7');
    return JSON.stringify({ ...rest, payload: Buffer.from(text).toString('base64') });
  });

describe('tieng-lang verify', () => {
  test('a whole log holds, and says how far it reaches', async () => {
    const { key, lines } = fiveRecords();
    const path = join(await temporaryFolder(), 'records.ndjson');
    await writeFile(path, `${lines.join('\n')}\n`);
    const { status, output } = await runCli(['verify', path, '--key', key]);
    expect(JSON.parse(output)).toMatchObject({ verified: true, records: 5, head: { seq: 5 } });
    expect(status).toBe(0);
  });

  test.each([
    { why: 'altered', change: altered, line: 2, code: 'signatureWrong' },
    {
      why: 'missing',
      change: (l: string[]) => l.toSpliced(1, 1),
      line: 2,
      code: 'sequenceMissing',
    },
    {
      why: 'repeated',
      change: (l: string[]) => [...l.slice(0, 2), ...l.slice(1)],
      line: 3,
      code: 'sequenceConflict',
    },
    { why: 'reordered', change: swapped, line: 2, code: 'sequenceMissing' },
    {
      why: 'torn',
      change: (l: string[]) => [...l.slice(0, 4), l[4]?.slice(0, 90) ?? ''],
      line: 5,
      code: 'recordTorn',
    },
  ])('the first $why record is named', async ({ change, line, code }) => {
    const { key, lines } = fiveRecords();
    const path = join(await temporaryFolder(), 'records.ndjson');
    await writeFile(path, `${change(lines).join('\n')}\n`);
    const { status, errors } = await runCli(['verify', path, '--key', key]);
    expect(status).toBe(1);
    expect(errors).toContain(`line ${line}`);
    expect(errors).toContain(`"code":"${code}"`);
  });

  test('the key may stand in a file, and a key of somebody else verifies nothing', async () => {
    const { key, lines } = fiveRecords();
    const folder = await temporaryFolder();
    const [log, ours, other] = ['log', 'ours', 'other'].map((name) => join(folder, name));
    await writeFile(log ?? '', lines.join('\n'));
    await writeFile(ours ?? '', `${key}\n`);
    await writeFile(other ?? '', fiveRecords().key);
    expect((await runCli(['verify', log ?? '', '--key', ours ?? ''])).status).toBe(0);
    const refused = await runCli(['verify', log ?? '', '--key', other ?? '']);
    expect(refused.errors).toContain('"code":"keyUnknown"');
  });
});
