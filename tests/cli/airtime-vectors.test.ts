import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { judgementSchema, reconciliationSchema } from '#schemas/files/answers.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A call: each file by its option, the lines of the log, and the members the case is about. */
const vectorSchema = z.object({
  why: z.string(),
  options: z.object({ at: z.string(), unsigned: z.boolean().default(false) }),
  files: z.record(z.string(), z.unknown()),
  log: z.array(z.unknown()),
  expected: z.union([
    z.object({ status: z.literal(0), output: z.record(z.string(), z.unknown()) }),
    z.object({ status: z.literal(2), issues: z.array(z.record(z.string(), z.unknown())) }),
  ]),
});
type Vector = z.infer<typeof vectorSchema>;

const vectorsIn = (name: string) => {
  const folder = new URL(`../vectors/${name}/`, import.meta.url);
  return readdirSync(folder).map((file) => ({
    file,
    ...vectorSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
  }));
};

const call = async (command: string, { options, files, log }: Vector) => {
  const folder = await temporaryFolder();
  const words = [command, '--at', options.at, ...(options.unsigned ? ['--unsigned'] : [])];
  for (const [option, value] of Object.entries(files)) {
    await writeFile(join(folder, option), JSON.stringify(value));
    words.push(`--${option}`, option);
  }
  await writeFile(join(folder, 'log'), log.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return runCli([...words, '--log', 'log'], { folder });
};

const hold = async (command: string, schema: z.ZodType, vector: Vector) => {
  const { status, output, errors } = await call(command, vector);
  expect(status, errors).toBe(vector.expected.status);
  if (vector.expected.status === 0) {
    const answer = JSON.parse(output);
    expect(answer).toMatchObject(vector.expected.output);
    expect(schema.parse(answer)).toEqual(answer);
  } else {
    const problem = JSON.parse(errors.trim().split('\n').at(-1) ?? '');
    expect(problem).toMatchObject({ code: 'filesInvalid', issues: vector.expected.issues });
    expect(output).toBe('');
  }
  return output;
};

describe('tieng-lang judge', () => {
  const vectors = vectorsIn('judge-command');

  test.each(vectors)('$file: $why', async (vector) => {
    await hold('judge', judgementSchema, vector);
  });

  test('gives the same bytes for the same records in another order', async () => {
    const [vector] = vectors.filter(({ file }) => file.startsWith('two-signed'));
    if (vector === undefined) throw new Error('no vector');
    const output = await hold('judge', judgementSchema, vector);
    const turned = { ...vector, log: vector.log.toReversed() };
    expect(await hold('judge', judgementSchema, turned)).toBe(output);
  });
});

describe('tieng-lang reconcile', () => {
  test.each(vectorsIn('reconcile'))('$file: $why', async (vector) => {
    await hold('reconcile', reconciliationSchema, vector);
  });
});
