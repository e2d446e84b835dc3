import { describe, expect, it } from 'vitest';
import type { Work } from '#server/ports/store.ts';
import { createJudgeWeek } from '#server/services/judge-week.ts';
import { keepVerdicts } from '#server/services/keep-verdicts.ts';
import { lockWeek } from '#server/services/lock-week.ts';
import { AIRED_DAY, openAiredSite } from '#tests/support/aired-site.ts';
import { heartbeat } from '#tests/support/signed-log.ts';

const HOUR_MS = 3_600_000;

/** A site whose verdicts are kept, and hear of every commit. */
const open = async () => {
  const site = await openAiredSite();
  const verdicts = keepVerdicts(site.ports);
  const commit = site.store.commit;
  site.store.commit = async (work: Work) => {
    const done = await commit(work);
    if (done.ok) verdicts.note(work.changes);
    return done;
  };
  const batch = createJudgeWeek(site.ports);
  const both = async (day = AIRED_DAY) => {
    const [kept, anew] = [await verdicts.judgeWeek(day), await batch(day)];
    if (!kept.ok || !anew.ok) throw new Error('not judged');
    return { kept: { ...kept.value, judgedMs: 0 }, anew: { ...anew.value, judgedMs: 0 } };
  };
  return { ...site, verdicts, both };
};

describe('verdicts that are kept', () => {
  it('are those of a judgement from the beginning, whatever arrives when', async () => {
    const { clock, air, send, both, ports } = await open();
    const records = await air();
    await clock.advance(20 * HOUR_MS);
    await send(records.slice(0, 1));
    for (const [from, to] of [
      [1, 4],
      [4, records.length],
    ] as const) {
      const before = await both();
      expect(before.kept).toEqual(before.anew);
      await send(records.slice(from, to));
      await clock.advance(9 * HOUR_MS);
    }
    const after = await both();
    expect(after.kept).toEqual(after.anew);
    expect(after.kept.verdicts.some(({ verdict }) => verdict === 'met')).toBe(true);
    await clock.advance(7 * 24 * HOUR_MS);
    await lockWeek(ports, 'hoa', AIRED_DAY);
    const locked = await both();
    expect(locked.kept).toEqual(locked.anew);
    expect(locked.kept.verdicts.some(({ verdict }) => verdict === 'unproven')).toBe(true);
  });

  it('fall with a contradiction in the log, also one that comes after', async () => {
    const { clock, log, boot, speaker, store, air, send, both } = await open();
    await clock.advance(38 * HOUR_MS);
    await send(await air());
    await both();
    const [first] = await store.records(speaker.id, 1, 1);
    log.append({ body: heartbeat, boot, posMs: 0 }, { seq: 2, prev: first?.hash ?? '' });
    await send(log.envelopes.slice(-1));
    const after = await both();
    expect(after.kept).toEqual(after.anew);
    expect(after.kept.verdicts.some(({ verdict }) => verdict === 'met')).toBe(false);
  });

  it('name what a record changed, and nothing where nothing did', async () => {
    const { clock, air, send, verdicts, airtime, speaker } = await open();
    await clock.advance(38 * HOUR_MS);
    expect(await verdicts.takeChanged()).toBeNull();
    expect(await verdicts.takeChanged()).toEqual([]);
    await send(await air());
    const changed = await verdicts.takeChanged();
    expect(changed).toContainEqual(
      expect.objectContaining({
        rule: airtime.rule.id,
        speaker: speaker.id,
        verdict: 'met',
        period: { per: 'day', from: AIRED_DAY, to: AIRED_DAY },
      }),
    );
    expect(await verdicts.takeChanged()).toEqual([]);
  });

  it('cannot name what a record of an earlier week changed, and say so', async () => {
    const { clock, air, send, verdicts, both } = await open();
    await clock.advance(30 * 24 * HOUR_MS);
    await verdicts.takeChanged();
    await send(await air());
    expect(await verdicts.takeChanged()).toBeNull();
    const { kept, anew } = await both();
    expect(kept).toEqual(anew);
    expect(kept.verdicts.some(({ verdict }) => verdict === 'met')).toBe(true);
  });
});
