import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openBundle } from '#player-agent/stick/open-bundle.ts';
import vectors from '../vectors/bundle/cases.json' with { type: 'json' };

const { cases, ...grant } = vectors;

test.each(cases)('$why', async ({ tar, opens, refused }) => {
  const bytes = Buffer.from(tar, 'base64');
  const opened = await openBundle(
    {
      bytes: bytes.length,
      read: async (offset, length) => {
        const part = bytes.subarray(offset, offset + length);
        return part.length === length ? part : undefined;
      },
      close: async () => undefined,
    },
    grant,
  );
  if (!opened.ok) return expect(opened.problem.reason).toBe(refused);
  const { index, members } = opened.value;
  expect({ logTo: index.speakers[0]?.logTo, members: [...members.keys()] }).toEqual(opens);
  const listed = execFileSync('tar', ['tf', '-'], { input: bytes, encoding: 'utf8' });
  expect(listed.trim().split('\n')).toEqual(['index.json', ...members.keys()]);
});
