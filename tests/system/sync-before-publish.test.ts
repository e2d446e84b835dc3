import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { firstAdministrator } from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { readLog } from '#tests/support/evidence.ts';
import { startProgram } from '#tests/support/program.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { canTrace, recordCalls, sentRecords, tracedTo } from './support/system-calls.ts';

const TIMEOUT_MS = 180_000;
const DEADLINE_MS = 120_000;
const speakersSchema = z.tuple([z.looseObject({ id: z.string() })]);
const codeSchema = z.object({ code: z.string() });

/** What a speaker that enrols, starts and delivers does with its records, by its system calls. */
const traceSpeaker = async () => {
  const place = await createServerPlace();
  const server = await place.run();
  try {
    const administrator = await firstAdministrator(server);
    const [{ id }] = speakersSchema.parse(await administrator.get('/api/speakers'));
    const { code } = codeSchema.parse(await administrator.post(`/api/speakers/${id}/code`));
    const trace = join(place.folder, 'trace.txt');
    const environment = {
      TIENG_LANG_AGENT_FOLDER: join(place.folder, 'agent'),
      TIENG_LANG_AGENT_SERVER_URL: server.url,
      TIENG_LANG_AGENT_ENROL_CODE: code,
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
    };
    const agent = startProgram(['agent'], environment, { before: tracedTo(trace) });
    await agent.next('linkConnected');
    const isThere = ({ records }: { readonly records: readonly unknown[] }) => records.length >= 2;
    await eventually(() => readLog(administrator, id), isThere, DEADLINE_MS);
    await agent.end('SIGTERM');
    return recordCalls(await readFile(trace, 'utf8'));
  } finally {
    await server.stop();
    await place.remove();
  }
};

test.runIf(canTrace())(
  'no record leaves the speaker before the system has said that it is on the disk',
  async () => {
    const { sent, tooEarly } = sentRecords(await traceSpeaker());
    expect(tooEarly).toEqual([]);
    expect(new Set(sent).size).toBeGreaterThanOrEqual(2);
  },
  TIMEOUT_MS,
);
