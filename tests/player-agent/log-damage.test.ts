import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { segmentName } from '#runtime/log-segments.ts';
import { logRecordSchema } from '#schemas/records/log-record.ts';
import { createAgentRig } from './support/agent-rig.ts';

const HOUR = 3_600_000;

/** The log as it lies on the disk of a box that was a day without network, with some lines damaged. */
const dayWithDamage = async (damage: (line: string, seq: number) => string) => {
  const rig = createAgentRig({ at: '2026-11-23T00:30:00+07:00' });
  rig.station.limit();
  const first = await rig.boot();
  await rig.clock.advance(60_000);
  const delivered = rig.station.records.length;
  rig.broker.setUp(false);
  await rig.clock.advance(23 * HOUR);
  first.powerCut();
  const path = join(rig.folder, 'log', segmentName(1));
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.map((line, index) => damage(line, index + 1)).join('\n'));
  rig.broker.setUp(true);
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  const { logSeq, lostRecords } = await boot.agent.health();
  const seqs = rig.station.records.map(({ seq }) => seq);
  return { rig, delivered, logSeq, lostRecords, seqs };
};

const zeros = (line: string): string => '\0'.repeat(line.length);
/** A line that still has its form: the time in it is another, the signature is that of the old one. */
const forged = (line: string): string => {
  const { payload, ...rest } = JSON.parse(line);
  const record = logRecordSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
  const text = JSON.stringify({ ...record, posMs: record.posMs + 1 });
  return JSON.stringify({ ...rest, payload: Buffer.from(text).toString('base64') });
};

test.each([
  { why: 'of zeros', harm: zeros },
  { why: 'that says something else', harm: forged },
])(
  'a damaged line $why in the middle is told as lost, and everything behind it arrives',
  async ({ harm }) => {
    const { rig, logSeq, lostRecords, seqs } = await dayWithDamage((line, seq) =>
      seq === 12 ? harm(line) : line,
    );
    expect(lostRecords).toEqual({ from: 12, to: 12 });
    expect(rig.station.gaps).toMatchObject([{ from: 12, to: 12 }]);
    const all = Array.from({ length: logSeq }, (_, index) => index + 1);
    expect(seqs).toEqual(all.filter((seq) => seq !== 12));
    expect(rig.faults).toEqual([]);
  },
);

test('several damaged places are told one by one', async () => {
  const bad = [9, 10, 14];
  const { rig, logSeq, seqs } = await dayWithDamage((line, seq) =>
    bad.includes(seq) ? zeros(line) : line,
  );
  expect(rig.station.gaps.map(({ from, to }) => [from, to])).toEqual([
    [9, 10],
    [14, 14],
  ]);
  const all = Array.from({ length: logSeq }, (_, index) => index + 1);
  expect(seqs).toEqual(all.filter((seq) => !bad.includes(seq)));
  expect(rig.faults).toEqual([]);
});

test('what the server has already is not lost by damage on the speaker’s disk', async () => {
  const { rig, logSeq, lostRecords, seqs } = await dayWithDamage((line, seq) =>
    seq <= 2 ? zeros(line) : line,
  );
  expect(lostRecords).toBeNull();
  expect(rig.station.gaps).toEqual([]);
  expect(seqs).toHaveLength(logSeq);
});
