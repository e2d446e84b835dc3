import type { Speaker, Unit } from '#schemas/entities/site.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import { planDays } from '#server/services/plan-days.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';

export const TOMORROW = '2026-03-11';

/** A commune with two villages and a speaker in each. */
export const openTwoVillages = async () => {
  const opened = await openPlannedSite();
  const { store, site } = opened;
  const { speaker: here } = await site.enrol();
  const elsewhere: Unit = { ...site.village, id: newId(), name: 'Thôn Thượng' };
  const there: Speaker = { ...here, id: newId(), unit: elsewhere.id, name: 'Cụm loa Thượng' };
  await mustCommit(store, [
    { do: 'insert', what: 'unit', value: elsewhere },
    { do: 'insert', what: 'speaker', value: there },
  ]);
  const slotsOf = async (speaker: Speaker) => {
    const pointer = await store.pointerOf(speaker.id);
    const stored = await store.playlistBySha256(pointer?.days[TOMORROW] ?? '');
    const { sessions } = playlistSchema.parse(JSON.parse(stored?.text ?? ''));
    return sessions.flatMap(({ slots }) => slots);
  };
  const bulletinsOf = async (speaker: Speaker): Promise<ReadonlySet<string | null>> =>
    new Set((await slotsOf(speaker)).map(({ bulletin }) => bulletin));
  const plan = async () => {
    const planned = await planDays(opened.ports);
    if (!planned.ok) throw new Error(planned.problem.code);
  };
  return { ...opened, here, elsewhere, there, slotsOf, bulletinsOf, plan };
};
