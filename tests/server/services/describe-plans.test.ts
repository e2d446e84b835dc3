import { describe, expect, it } from 'vitest';
import { describePlans } from '#server/services/describe-plans.ts';
import { planDays } from '#server/services/plan-days.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { newId } from '#tests/support/site-in-store.ts';

const open = async () => {
  const site = await openPlannedSite({ dayparts: [{ from: '05:30', to: '06:30' }] });
  const first = (await site.site.enrol()).speaker.id;
  const second = (await site.site.enrol()).speaker.id;
  await planDays(site.ports);
  return { ...site, first, second };
};

describe('plans as people see them', () => {
  it('are every planned day of a speaker, with what could not be had', async () => {
    const { ports, first } = await open();
    const described = await describePlans(ports, { speaker: first });
    if (!described.ok) throw new Error(described.problem.code);
    const [plans] = described.value;
    expect(plans).toMatchObject({ speaker: first, revision: NOON_MS / 1_000, orders: [] });
    expect(plans?.days).toHaveLength(15);
    expect(plans?.days[0]).toMatchObject({ day: '2026-03-10', shortfalls: [{ placed: 0 }] });
    expect(plans?.days[1]?.playlist?.sessions).toHaveLength(2);
  });

  it('are those of today for all speakers, page by page', async () => {
    const { ports, first, second } = await open();
    const all = await describePlans(ports, {});
    expect(all).toMatchObject({
      value: [
        { speaker: first, days: [{ day: '2026-03-10' }] },
        { speaker: second, days: [{ day: '2026-03-10' }] },
      ],
    });
    const rest = await describePlans(ports, { after: first, day: '2026-03-11' });
    expect(rest).toMatchObject({ value: [{ speaker: second, days: [{ day: '2026-03-11' }] }] });
  });

  it('are not told of a speaker that nobody enrolled', async () => {
    const { ports } = await open();
    const speaker = newId();
    expect(await describePlans(ports, { speaker })).toMatchObject({
      problem: { code: 'unknownSpeaker', speaker },
    });
  });
});
