import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace } from '#tests/support/running-server.ts';

test('what nobody foresaw is answered with a reference that the log has too, and with no detail', async () => {
  const place = await createServerPlace();
  const server = await place.run();
  onTestFinished(async () => {
    await server.stop();
    await place.remove();
  });
  const caller = await firstAdministrator(server);
  const vandal = new Sqlite(join(place.dataFolder, 'tieng-lang.sqlite'));
  vandal.exec('ALTER TABLE bulletins RENAME COLUMN title TO t');
  vandal.close();
  const answer = await caller.call('GET', '/api/bulletins');
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
  const { reference } = z.object({ reference: z.string() }).parse(answer.body);
  expect(reference).toBe(answer.headers.get('x-request-id'));
  expect(JSON.stringify(answer.body)).not.toMatch(/title|SQL|column/i);
});
