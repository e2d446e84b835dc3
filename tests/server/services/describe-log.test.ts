import { expect, it } from 'vitest';
import { describeLog } from '#server/services/describe-log.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { mustCommit, newId, putSite } from '#tests/support/site-in-store.ts';

it('says in both languages what did not fit into a log', async () => {
  const { store } = await openTestStore();
  const { speaker } = await (await putSite(store)).enrol();
  const facts = { seq: 3, envelopeSha256: 'a'.repeat(64), envelope: null };
  const kept = { id: newId(), speaker: speaker.id, seq: 3, code: 'chainBroken', foundMs: 1 };
  await mustCommit(store, [{ do: 'insert', what: 'finding', value: { ...kept, facts } }]);
  const described = await describeLog({ store }, speaker.id, { limit: 10 });
  expect(described.ok && described.value.findings).toEqual([
    {
      ...kept,
      facts,
      sentence: {
        vi: expect.stringContaining('Chuỗi nhật ký đứt ở số 3'),
        en: expect.stringContaining('3'),
      },
    },
  ]);
});
