import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planAnswerSchema } from '#schemas/files/answers.ts';
import { bulletinOf, capOf, idOf, inputOf, ruleOf, ZONE } from '../core/plan/plan-inputs.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = new URL('../vectors/plans/', import.meta.url);

/** A case of the planner as the file that the command takes. */
const readVector = (name: string) => {
  const { why, input, expected } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const { day, table: _, previous, ...rest } = input;
  const file = { zone: 'Asia/Ho_Chi_Minh', from: day, ...rest };
  return { why, expected, file: { ...file, previous: previous === null ? [] : [previous] } };
};

const plan = async (value: unknown) => {
  const path = join(await temporaryFolder(), 'input.json');
  await writeFile(path, JSON.stringify(value));
  return runCli(['plan', '--input', path]);
};

describe('tieng-lang plan', () => {
  test.each(readdirSync(folder))('says what the planner says: %s', async (name) => {
    const { expected, file, why } = readVector(name);
    const { status, output, errors } = await plan(file);
    const answer = planAnswerSchema.parse(JSON.parse(output));
    if (expected.problem === undefined) {
      expect(status, errors).toBe(0);
      expect(answer.playlists, why).toEqual([expected.playlist]);
      expect(answer.shortfalls).toEqual(expected.shortfalls);
    } else {
      expect(status, errors).toBe(3);
      expect(answer.playlists).toEqual([]);
      expect(answer.explanation[0]?.problem, why).toEqual(expected.problem);
      expect(answer.explanation[0]).toMatchObject(expected.explanation);
    }
  });

  test('plans several days, each after the one before, with the same bytes each time', async () => {
    const { file } = readVector('one-session-opens-each-daypart.json');
    const [once, twice] = [await plan({ ...file, days: 3 }), await plan({ ...file, days: 3 })];
    expect(once.status).toBe(0);
    expect(once.output).toBe(twice.output);
    expect(planAnswerSchema.parse(JSON.parse(once.output)).playlists).toHaveLength(3);
  });

  test('takes nothing twice, backwards or without what it needs', async () => {
    const { file } = readVector('one-session-opens-each-daypart.json');
    const cap = { ...capOf({ from: '2025-02-01', to: '2025-01-01' }) };
    const sound = { kind: 'clip', clip: null, bulletin: null, campaigns: [] };
    const { status, output, errors } = await plan({
      ...file,
      rules: [...file.rules, { ...file.rules[0], minMinutes: 1 }],
      bulletins: [...file.bulletins, file.bulletins[0]],
      caps: [cap],
      occupied: [{ fromMs: 1, toMs: 2 }],
    });
    expect({ status, output }).toEqual({ status: 2, output: '' });
    const { issues } = JSON.parse(errors.trim().split('\n').at(-1) ?? '');
    expect(issues).toMatchObject([
      { path: `rules.${file.rules.length}.version`, issue: 'twice' },
      { path: 'caps.0', issue: 'endsBeforeStart' },
      { path: `bulletins.${file.bulletins.length}.id`, issue: 'twice' },
    ]);
    const unfit = await plan({
      ...file,
      occupied: [{ fromMs: 2, toMs: 1 }],
      programmes: [{ id: idOf(40), startsAt: '17:00', durationMs: 1, sound }],
      settings: { marginS: 30, latestStartMin: 60, volume: 0 },
    });
    expect(unfit.errors).toContain('"path":"occupied.0.toMs","issue":"endsBeforeStart"');
    expect(unfit.errors).toContain('"path":"programmes.0.sound.clip","issue":"unfit"');
    expect(unfit.errors).toContain('"path":"settings.volume"');
  });

  test('explains in both languages, for each day, why there is no plan', async () => {
    const { file } = readVector('daypart-too-short.json');
    const names = { [file.rules[0].id]: 'Chiến dịch Tết' };
    const { output } = await plan({ ...file, days: 2, names });
    const { explanation } = planAnswerSchema.parse(JSON.parse(output));
    expect(explanation).toHaveLength(2);
    const [first] = explanation;
    expect(first?.clash.map(({ kind }) => kind)).toEqual(['dayparts', 'rule']);
    expect(first?.repairs[0]?.changes).toMatchObject([{ kind: 'setDaypart' }]);
    expect(first?.sentences.vi).toContain('quy định Chiến dịch Tết');
    expect(first?.sentences.vi).toContain('mở khung giờ sáng đến 06:31');
    expect(first?.sentences.en).toContain('open the morning daypart until 06:31');
  });

  test('a search that only reached its bound ends with a status of its own', async () => {
    const campaigns = [1, 2, 3, 4, 5, 6, 7].map(idOf);
    const dayparts = [{ from: '05:30', to: '06:30' }];
    const {
      day,
      table: _,
      previous: __,
      ...rest
    } = inputOf({
      rules: campaigns.map((campaign, index) =>
        ruleOf({ id: idOf(20 + index), campaign, minOccurrences: 1, minMinutes: 10, dayparts }),
      ),
      bulletins: campaigns.map((campaign, index) =>
        bulletinOf(index, 600_000, { campaigns: [campaign] }),
      ),
    });
    const { status, output } = await plan({ ...rest, zone: ZONE, from: day });
    expect(status).toBe(4);
    expect(JSON.parse(output).explanation[0].problem.code).toBe('planGaveUp');
  });

  test.each([
    {
      why: 'a minimum above a cap',
      changes: { caps: [capOf({ maxSessionMinutes: 15 })] },
      vi: 'đòi 30 nhưng mức trần',
      en: 'allows only 15 (minutes a session)',
    },
    {
      why: 'a campaign without released content',
      changes: { bulletins: [] },
      vi: 'chưa có bản tin nào được duyệt',
      en: 'add 30 min of content',
    },
    {
      why: 'bulletins longer than the daypart',
      changes: { bulletins: [bulletinOf(1, 6_000_000)] },
      vi: 'cần 1 giờ 40 phút, chỉ có 1 giờ 30 phút',
      en: 'add 30 min of content',
    },
  ])('$why is said in both languages', async ({ changes, vi, en }) => {
    const { day, table: _, previous: __, ...rest } = inputOf(changes);
    const { status, output } = await plan({ ...rest, zone: ZONE, from: day });
    expect(status).toBe(3);
    const [first] = planAnswerSchema.parse(JSON.parse(output)).explanation;
    expect(first?.sentences.vi).toContain(vi);
    expect(first?.sentences.en).toContain(en);
  });

  test('a rule without an end, or one that ends before it starts, is a mistake of the file', async () => {
    const { day, table: _, previous: __, ...rest } = inputOf({});
    const { to: ___, ...endless } = ruleOf();
    const rules = [endless, ruleOf({ id: idOf(11), to: '2024-01-01' })];
    const { status, errors } = await plan({ ...rest, rules: [rules[0]], zone: ZONE, from: day });
    expect(status).toBe(2);
    expect(errors).toContain('"path":"rules.0.to"');
    const backwards = await plan({ ...rest, rules: [rules[1]], zone: ZONE, from: day });
    expect(backwards.status).toBe(2);
    expect(backwards.errors).toContain('ruleEndsBeforeStart');
  });

  test('names every mistake of its file at once', async () => {
    const { file } = readVector('daypart-too-short.json');
    const { status, errors } = await plan({ ...file, zone: 'nowhere!', days: 99 });
    expect(status).toBe(2);
    expect(errors).toContain('"path":"zone"');
    expect(errors).toContain('"path":"days"');
  });

  test('a file that is not there, or no JSON, is said so', async () => {
    const missing = await runCli(['plan', '--input', '/nowhere/input.json']);
    expect(missing.status).toBe(2);
    expect(missing.errors).toContain('"issue":"unreadable"');
  });
});
