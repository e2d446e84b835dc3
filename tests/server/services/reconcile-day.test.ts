import { expect, test } from 'vitest';
import { reconcileDay } from '#server/services/reconcile-day.ts';
import { AIRED_DAY, AIRED_FROM_MS, openAiredSite } from '#tests/support/aired-site.ts';

const HOUR_MS = 3_600_000;

const open = async () => {
  const site = await openAiredSite();
  const dayOf = async (wanted: { speaker?: string; after?: string } = {}) => {
    const done = await reconcileDay(site.ports, { day: AIRED_DAY, ...wanted });
    if (!done.ok) throw new Error(done.problem.code);
    return done.value;
  };
  return { ...site, dayOf };
};

test('what was planned awaits data until the log reaches it, and is then aired', async () => {
  const { clock, air, send, dayOf } = await open();
  await clock.advance(38 * HOUR_MS);
  const [before] = (await dayOf()).days;
  expect(before?.totals).toMatchObject({ aired: 0, awaitingData: before?.totals.slots });
  await send(await air());
  const [after] = (await dayOf()).days;
  expect(after?.totals).toMatchObject({ aired: after?.totals.slots, missedMs: 0, awaitingMs: 0 });
  expect(after?.outside).toEqual([]);
});

test('a session that was not begun is shown with its reason', async () => {
  const { clock, air, send, dayOf } = await open();
  await clock.advance(38 * HOUR_MS);
  const evening = AIRED_FROM_MS + 12 * HOUR_MS;
  await send(
    await air((record) => record.kind !== 'ended' || AIRED_FROM_MS + record.posMs < evening),
  );
  const [day] = (await dayOf()).days;
  const missed = day?.sessions[1]?.slots ?? [];
  expect(missed.length).toBeGreaterThan(0);
  for (const slot of missed) expect(slot).toMatchObject({ state: 'notAired', reason: 'notBegun' });
});

test('a speaker that nothing was planned for is named, and what it played is outside the plan', async () => {
  const { site, clock, dayOf } = await open();
  const { speaker } = await site.enrol();
  await clock.advance(38 * HOUR_MS);
  const found = await dayOf({ speaker: speaker.id });
  expect(found).toMatchObject({ unplanned: [speaker.id], next: null });
  expect(found.days).toMatchObject([{ speaker: speaker.id, sessions: [], totals: { slots: 0 } }]);
});

test('an unknown speaker is refused', async () => {
  const { ports } = await open();
  const speaker = '01900000-0000-7000-8000-000000000099';
  expect(await reconcileDay(ports, { day: AIRED_DAY, speaker })).toMatchObject({
    problem: { code: 'unknownSpeaker' },
  });
});
