import * as z from 'zod';
import { addDays } from '#runtime/day-table.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, callAs } from '#tests/support/api-caller.ts';
import { inServerStore } from '#tests/support/in-server-store.ts';
import { newMachine } from '#tests/support/new-machine.ts';

const WEEK_MS = 7 * 86_400_000;

/** Where it is entered, and the instant and day of now. */
export interface OwingPlace {
  readonly server: RunningServer;
  readonly dataFolder: string;
  readonly caller: ApiCaller;
  readonly nowMs: number;
  readonly today: string;
}

const idsSchema = z.array(z.looseObject({ id: z.string() }));

/** A speaker that has been enrolled for three weeks, and a rule that it has owed for as long. */
export const oweForWeeks = async ({
  server,
  dataFolder,
  caller,
  nowMs,
  today,
}: OwingPlace): Promise<void> => {
  const listed = async (path: string) => idsSchema.parse(await caller.get(path));
  const [speaker] = await listed('/api/speakers');
  const id = speaker?.id ?? '';
  const issued = await caller.post(`/api/speakers/${id}/code`);
  const { code } = z.looseObject({ code: z.string() }).parse(issued);
  await callAs(server.url).post('/api/enrol', newMachine().request(code));
  await inServerStore(dataFolder, async (store) => {
    const value = await store.speakerById(id);
    if (value === undefined) throw new Error('no speaker');
    const enrolledMs = Math.floor(nowMs) - 3 * WEEK_MS;
    const units = await store.units();
    await store.commit({
      changes: [
        { do: 'put', what: 'speaker', value: { ...value, enrolledMs } },
        ...units.map((unit) => ({
          do: 'put' as const,
          what: 'unit' as const,
          value: { ...unit, from: addDays(today, -30) },
        })),
      ],
    });
  });
  const days = { from: addDays(today, -21), to: addDays(today, 30) };
  const made = await caller.post('/api/campaigns', {
    name: 'An toàn giao thông',
    directive: null,
    ...days,
  });
  const campaign = z.looseObject({ id: z.string() }).parse(made).id;
  const [unit] = await listed('/api/units');
  await caller.post('/api/rules', {
    ...{ campaign, unit: unit?.id, scope: 'subtree', minOccurrences: 1, ...days },
    confirmed: ['ruleStartsInPast', 'campaignWithoutBulletins'],
  });
};
