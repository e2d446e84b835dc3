import { expect, test } from 'vitest';
import { addUpVerdicts } from '#server/services/add-up-verdicts.ts';
import { keepVerdicts } from '#server/services/keep-verdicts.ts';
import { AIRED_DAY, AIRED_FROM_MS, openAiredSite } from '#tests/support/aired-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

const HOUR_MS = 3_600_000;
const EVENING_MS = AIRED_FROM_MS + 12 * HOUR_MS;

const open = async () => {
  const site = await openAiredSite();
  const { ports, airtime, clock, store, speaker } = site;
  const enrolledMs = AIRED_FROM_MS - 48 * HOUR_MS;
  await mustCommit(store, [{ do: 'put', what: 'speaker', value: { ...speaker, enrolledMs } }]);
  const second = await site.site.enrol();
  await mustCommit(store, [
    { do: 'put', what: 'speaker', value: { ...second.speaker, enrolledMs } },
  ]);
  await clock.advance(38 * HOUR_MS);
  const verdicts = keepVerdicts(ports);
  const totals = async (span: 'week' | 'all') => {
    const wanted = { rule: airtime.rule.id, span, day: AIRED_DAY };
    const done = await addUpVerdicts({ ...ports, verdicts }, wanted);
    if (!done.ok) throw new Error(done.problem.code);
    return done.value;
  };
  return { ...site, second, totals };
};

test.each(['week', 'all'] as const)(
  'the totals of a unit are the sums of what stands below it: %s',
  async (span) => {
    const { air, send, totals, site, speaker } = await open();
    await send(await air((r) => r.kind !== 'ended' || AIRED_FROM_MS + r.posMs < EVENING_MS));
    const { speakers, units } = await totals(span);
    const own = speakers.find((one) => one.speaker === speaker.id)?.totals;
    expect(own?.verdicts.tooFew).toBeGreaterThan(0);
    expect(own?.shortfall.seconds).toBeGreaterThanOrEqual(300);
    const sums = { periods: 0, occurrences: 0, seconds: 0 };
    for (const { totals: part } of speakers) {
      sums.periods += part.periods;
      sums.occurrences += part.shortfall.occurrences;
      sums.seconds += part.shortfall.seconds;
    }
    const { periods, ...shortfall } = sums;
    for (const unit of [site.village.id, site.commune.id]) {
      expect(units.find((one) => one.unit === unit)?.totals).toMatchObject({ periods, shortfall });
    }
  },
);

test('the totals of all periods so far hold those of the week', async () => {
  const { totals, speaker } = await open();
  const periodsOf = async (span: 'week' | 'all') =>
    (await totals(span)).speakers.find((one) => one.speaker === speaker.id)?.totals.periods ?? 0;
  expect(await periodsOf('all')).toBeGreaterThanOrEqual(await periodsOf('week'));
  expect((await totals('all')).from < (await totals('week')).from).toBe(true);
});

test('totals of an unknown rule are refused', async () => {
  const { ports } = await open();
  const rule = '01900000-0000-7000-8000-000000000099';
  const verdicts = keepVerdicts(ports);
  expect(
    await addUpVerdicts({ ...ports, verdicts }, { rule, span: 'week', day: AIRED_DAY }),
  ).toMatchObject({ problem: { code: 'notFound', what: 'rule' } });
});
