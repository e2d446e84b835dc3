import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import { segmentName } from '#runtime/log-segments.ts';
import { sealEnvelope, sha256 } from '#runtime/signing.ts';
import { runCli } from '../support/run-cli.ts';
import { createSignedLog, newSigner } from '../support/signed-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const newId = () => createId(systemClock(), systemEntropy);

/** A log of five heartbeats as lines, and the key that signed them. */
const fiveRecords = () => recordsInAll(5);

const recordsInAll = (count: number) => {
  const signer = newSigner();
  const speaker = newId();
  const log = createSignedLog({ site: 'xa-thu', speaker, signer });
  const boot = newId();
  for (let posMs = 0; posMs < count; posMs += 1) {
    log.append({ body: { kind: 'heartbeat', openSession: null }, boot, posMs });
  }
  const key = Buffer.from(signer.publicKey).toString('base64');
  const lines = log.envelopes.map((envelope) => JSON.stringify(envelope));
  return { key, lines, signer, speaker };
};

/** Nine records in three segments of a folder, as the agent leaves them. */
const threeSegments = async () => {
  const records = recordsInAll(9);
  const folder = await temporaryFolder();
  const paths = [1, 4, 7].map((first) => join(folder, segmentName(first)));
  const parts = [0, 3, 6].map((from) => records.lines.slice(from, from + 3));
  const put = async (changed: readonly (readonly string[])[]) => {
    for (const [index, path] of paths.entries()) {
      await writeFile(path, (changed[index] ?? []).map((line) => `${line}\n`).join(''));
    }
  };
  await put(parts);
  return { ...records, folder, paths, parts, put };
};

/** What a speaker signs before it removes its records up to one. */
const signedStart = ({ lines, signer, speaker }: ReturnType<typeof fiveRecords>, seq: number) => {
  const { payload } = JSON.parse(lines[seq - 1] ?? '');
  const hash = sha256(Buffer.from(payload, 'base64'));
  const start = { v: 1, site: 'xa-thu', speaker, seq, hash };
  return JSON.stringify(sealEnvelope(signer, 'logStart', Buffer.from(JSON.stringify(start))));
};

const swapped = (lines: readonly string[]) => {
  const [a = '', b = '', c = '', ...rest] = lines;
  return [a, c, b, ...rest];
};

const alteredLine = (line: string): string => {
  const { payload, ...rest } = JSON.parse(line);
  const text = Buffer.from(payload, 'base64').toString().replace('"posMs":', '"posMs":7');
  return JSON.stringify({ ...rest, payload: Buffer.from(text).toString('base64') });
};

const altered = (lines: readonly string[]) =>
  lines.map((line, index) => (index === 1 ? alteredLine(line) : line));

describe('tieng-lang verify', () => {
  test('a whole log holds, and says how far it reaches', async () => {
    const { key, lines } = fiveRecords();
    const path = join(await temporaryFolder(), 'records.ndjson');
    await writeFile(path, `${lines.join('\n')}\n`);
    const { status, output } = await runCli(['verify', path, '--key', key]);
    expect(JSON.parse(output)).toMatchObject({ verified: true, records: 5, head: { seq: 5 } });
    expect(status).toBe(0);
  });

  test('a byte order mark that an editor put before the log alters nothing', async () => {
    const { key, lines } = fiveRecords();
    const path = join(await temporaryFolder(), 'records.ndjson');
    await writeFile(path, `\uFEFF${lines.join('\n')}\n`);
    expect((await runCli(['verify', path, '--key', key])).status).toBe(0);
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

  test('a folder of segments, and its files in their order, hold as one log', async () => {
    const { folder, paths, key } = await threeSegments();
    for (const logs of [[folder], paths]) {
      const { status, output } = await runCli(['verify', ...logs, '--key', key]);
      const whole = { verified: true, begins: 'first', files: 3, records: 9, head: { seq: 9 } };
      expect(JSON.parse(output)).toMatchObject(whole);
      expect(status).toBe(0);
    }
  });

  test.each([
    {
      why: 'altered first of a segment',
      change: ([a = [], b = [], c = []]: string[][]) => [
        a,
        b,
        [altered(['', c[0] ?? ''])[1] ?? ''],
      ],
      at: [2, 1],
      code: 'signatureWrong',
    },
    {
      why: 'missing at the end of a segment',
      change: ([a = [], b = [], c = []]: string[][]) => [a.slice(0, 2), b, c],
      at: [1, 1],
      code: 'sequenceMissing',
    },
    {
      why: 'missing whole segment',
      change: ([a = [], , c = []]: string[][]) => [a, [], c],
      at: [2, 1],
      code: 'sequenceMissing',
    },
    {
      why: 'repeated across a border',
      change: ([a = [], b = [], c = []]: string[][]) => [a, [a[2] ?? '', ...b], c],
      at: [1, 1],
      code: 'sequenceConflict',
    },
    {
      why: 'reordered segments',
      change: ([a = [], b = [], c = []]: string[][]) => [a, c, b],
      at: [1, 1],
      code: 'sequenceMissing',
    },
    {
      why: 'torn inside',
      change: ([a = [], b = [], c = []]: string[][]) => [a, [b[0] ?? '', '{"keyId"'], c],
      at: [1, 2],
      code: 'recordTorn',
    },
  ])('the first wrong record of a folder is named with its file: $why', async (wrong) => {
    const { folder, paths, parts, key, put } = await threeSegments();
    await put(wrong.change(parts));
    const { status, errors } = await runCli(['verify', folder, '--key', key]);
    const [file = 0, line] = wrong.at;
    expect(status).toBe(1);
    expect(errors).toContain(`line ${line} of ${paths[file]}`);
    expect(errors).toContain(`"code":"${wrong.code}"`);
  });

  test('a folder whose first segment is gone holds only when the speaker signed that it goes', async () => {
    const log = await threeSegments();
    const { folder, paths, key } = log;
    await rm(paths[0] ?? '');
    const verify = () => runCli(['verify', folder, '--key', key]);
    expect((await verify()).errors).toContain('"code":"sequenceMissing"');
    await writeFile(join(folder, 'start.json'), signedStart(recordsInAll(9), 3));
    expect((await verify()).errors).toContain('"code":"keyUnknown"');
    await writeFile(join(folder, 'start.json'), signedStart(log, 3));
    const rest = { verified: true, begins: 'removed', firstSeq: 4, records: 6, head: { seq: 9 } };
    expect(JSON.parse((await verify()).output)).toMatchObject(rest);
    await rm(paths[1] ?? '');
    expect((await verify()).errors).toContain('"code":"sequenceMissing"');
  });

  test('a removal that a power cut interrupted leaves a log that holds', async () => {
    const log = await threeSegments();
    await writeFile(join(log.folder, 'start.json'), signedStart(log, 6));
    for (const path of log.paths.slice(0, 2)) {
      const { status } = await runCli(['verify', log.folder, '--key', log.key]);
      expect(status).toBe(0);
      await rm(path);
    }
    const { output } = await runCli(['verify', log.folder, '--key', log.key]);
    expect(JSON.parse(output)).toMatchObject({ begins: 'removed', firstSeq: 7, records: 3 });
  });

  test('one segment by itself holds as a part of a log, and says that it is one', async () => {
    const { paths, key } = await threeSegments();
    const { status, output } = await runCli(['verify', paths[1] ?? '', '--key', key]);
    expect(JSON.parse(output)).toMatchObject({ begins: 'part', firstSeq: 4, head: { seq: 6 } });
    expect(status).toBe(0);
  });

  test('what cannot be read, or holds no log, is refused by its name', async () => {
    const folder = await temporaryFolder();
    for (const path of [folder, join(folder, 'nothing')]) {
      const { status, errors } = await runCli(['verify', path, '--key', fiveRecords().key]);
      expect(errors).toContain('"code":"fileUnreadable"');
      expect(status).not.toBe(0);
    }
  });
});
