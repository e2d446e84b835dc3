import { describe, expect, it } from 'vitest';
import { openDiskClipStore } from '#content/disk-clip-store.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { IdentRole } from '#schemas/entities/ident.ts';
import { ok } from '#schemas/result.ts';
import { describeIdents } from '#server/services/describe-idents.ts';
import { frameOn, readPlanFacts } from '#server/services/plan-facts.ts';
import { releaseBulletin } from '#server/services/release-bulletin.ts';
import { setIdent } from '#server/services/set-ident.ts';
import { withdrawBulletin } from '#server/services/withdraw-bulletin.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openTwoVillages, TOMORROW } from './two-villages.ts';

/** Two villages where idents are submitted, released and withdrawn as people do. */
const openStudio = async () => {
  const scene = await openTwoVillages();
  const verify = async () => ok(undefined);
  const clips = { ...openDiskClipStore(await temporaryFolder()), verify };
  const submit = (units: readonly string[], more: Partial<Bulletin> = {}) =>
    scene.airtime.addBulletin(
      {
        role: 'ident',
        campaigns: [],
        units: [...units],
        state: 'submitted',
        releasedMs: null,
        ...more,
      },
      8_000,
    );
  const release = async ({ id, clip }: Bulletin) => {
    const done = await releaseBulletin({ ...scene.ports, clips }, 'minh', { id, clip });
    if (!done.ok) throw new Error(done.problem.code);
    return done.value;
  };
  const withdraw = ({ id }: Bulletin) =>
    withdrawBulletin(scene.ports, { kind: 'user', id: 'lan' }, id);
  /** What opens, or closes, tomorrow's sessions of each village. */
  const heard = async (role: IdentRole = 'ident') => {
    const facts = await readPlanFacts(scene.ports);
    const table = createDayTable(scene.site.site.zone, TOMORROW, 2);
    return [scene.here, scene.there].map((speaker) =>
      frameOn(facts, { speaker, table })
        .filter((item) => item.role === role)
        .map(({ bulletin }) => bulletin),
    );
  };
  const set = (unit: string | null, bulletin: string | null) =>
    setIdent(scene.ports, { kind: 'user', id: 'lan' }, { role: 'ident', unit, bulletin });
  const commune = scene.site.commune.id;
  const village = scene.site.village.id;
  return { ...scene, submit, release, withdraw, heard, set, commune, village };
};

describe('the ident of a session', () => {
  it('is that of the nearest unit above the speaker, and one alone', async () => {
    const { submit, release, heard, commune, village } = await openStudio();
    const ofSite = await release(await submit([]));
    expect(await heard()).toEqual([[ofSite.id], [ofSite.id]]);
    const ofCommune = await release(await submit([commune]));
    expect(await heard()).toEqual([[ofCommune.id], [ofCommune.id]]);
    const ofVillage = await release(await submit([village]));
    expect(await heard()).toEqual([[ofVillage.id], [ofCommune.id]]);
    const closing = await release(await submit([village], { role: 'closing' }));
    expect(await heard('closing')).toEqual([[closing.id], []]);
    expect(await heard()).toEqual([[ofVillage.id], [ofCommune.id]]);
  });

  it('gives way to another one when that is released, and not before', async () => {
    const { submit, release, heard, plan, slotsOf, here, commune } = await openStudio();
    const before = await release(await submit([commune]));
    const after = await submit([commune]);
    expect(await heard()).toEqual([[before.id], [before.id]]);
    await release(after);
    expect(await heard()).toEqual([[after.id], [after.id]]);
    await plan();
    const slots = await slotsOf(here);
    const idents = slots.filter(({ role }) => role === 'ident');
    expect(idents.map(({ bulletin }) => bulletin)).toEqual([after.id, after.id]);
    expect(slots[0]).toEqual(idents[0]);
  });

  it('is that of the next level up where it is withdrawn or has expired, and none is no problem', async () => {
    const { submit, release, withdraw, heard, clock, commune, village } = await openStudio();
    const ofCommune = await release(await submit([commune]));
    const tillTomorrow = { expiresMs: clock.wallMs() + 7 * 3_600_000 };
    await release(await submit([village], tillTomorrow));
    expect(await heard()).toEqual([[ofCommune.id], [ofCommune.id]]);
    const ofVillage = await release(await submit([village]));
    expect(await heard()).toEqual([[ofVillage.id], [ofCommune.id]]);
    await withdraw(ofVillage);
    expect(await heard()).toEqual([[ofCommune.id], [ofCommune.id]]);
    await withdraw(ofCommune);
    expect(await heard()).toEqual([[], []]);
  });

  it('is that of the next level up from the hour on at which it expires', async () => {
    const { submit, release, clock, plan, slotsOf, here, commune, village } = await openStudio();
    const ofCommune = await release(await submit([commune]));
    const tillNoon = { expiresMs: clock.wallMs() + 24 * 3_600_000 };
    const ofVillage = await release(await submit([village], tillNoon));
    await plan();
    const idents = (await slotsOf(here)).filter(({ role }) => role === 'ident');
    expect(idents.map(({ bulletin }) => bulletin)).toEqual([ofVillage.id, ofCommune.id]);
  });

  it('is that of the next level up until its own day comes', async () => {
    const { submit, release, heard, clock, commune, village } = await openStudio();
    const ofCommune = await release(await submit([commune]));
    const inTwoDays = { validFromMs: clock.wallMs() + 2 * 24 * 3_600_000 };
    await release(await submit([village], inTwoDays));
    expect(await heard()).toEqual([[ofCommune.id], [ofCommune.id]]);
  });

  it('is not taken back by a later version of one that another has replaced', async () => {
    const { submit, release, heard, commune, elsewhere } = await openStudio();
    const old = await release(await submit([commune]));
    const other = await release(await submit([commune]));
    const units = [commune, elsewhere.id];
    const later = await release(await submit(units, { first: old.first, version: 2 }));
    expect(await heard()).toEqual([[other.id], [later.id]]);
  });

  it('can be another one that was released for the unit, or that of the level above again', async () => {
    const { submit, release, heard, set, commune, village } = await openStudio();
    const ofCommune = await release(await submit([commune]));
    const old = await release(await submit([village]));
    const other = await release(await submit([village]));
    expect(await heard()).toEqual([[other.id], [ofCommune.id]]);
    expect(await set(village, old.id)).toMatchObject({ ok: true, value: { bulletin: old.id } });
    expect(await heard()).toEqual([[old.id], [ofCommune.id]]);
    expect(await set(village, null)).toMatchObject({ ok: true });
    expect(await heard()).toEqual([[ofCommune.id], [ofCommune.id]]);
    expect(await set(village, ofCommune.id)).toMatchObject({ ok: true });
  });

  it('is nothing that was not released as one, or for other units', async () => {
    const { submit, release, set, airtime, elsewhere, commune, village } = await openStudio();
    const refusals = [
      { bulletin: await submit([village]), unit: village, code: 'wrongState' },
      { bulletin: await airtime.addBulletin(), unit: village, code: 'requestInvalid' },
      { bulletin: await release(await submit([village])), unit: commune, code: 'requestInvalid' },
      { bulletin: await release(await submit([village])), unit: null, code: 'requestInvalid' },
      {
        bulletin: await release(await submit([village])),
        unit: elsewhere.id,
        code: 'requestInvalid',
      },
      { bulletin: { id: newId() }, unit: village, code: 'notFound' },
      { bulletin: await release(await submit([village])), unit: newId(), code: 'unknownUnit' },
    ];
    for (const { bulletin, unit, code } of refusals) {
      expect(await set(unit, bulletin.id), code).toMatchObject({ ok: false, problem: { code } });
    }
  });

  it('is shown for each unit with whose it is, and with what waits for an approver', async () => {
    const { submit, release, ports, elsewhere, commune, village } = await openStudio();
    const ofCommune = await release(await submit([commune], { title: 'Xướng xã' }));
    const waiting = await submit([village], { title: 'Xướng thôn' });
    const rows = (await describeIdents(ports)).filter(({ role }) => role === 'ident');
    const sounding = { id: ofCommune.id, title: 'Xướng xã', from: commune };
    const none = { role: 'ident', own: null, waiting: [], missingFromMs: null };
    expect(rows).toEqual([
      { ...none, unit: null, sounding: null },
      { ...none, unit: commune, own: ofCommune.id, sounding },
      { ...none, unit: village, sounding, waiting: [{ id: waiting.id, title: 'Xướng thôn' }] },
      { ...none, unit: elsewhere.id, sounding },
    ]);
  });

  it('is said ahead to be missing, and from when on, where one was chosen and no other follows', async () => {
    const { submit, release, withdraw, ports, clock, commune, village } = await openStudio();
    const day = 24 * 3_600_000;
    const missing = async () =>
      (await describeIdents(ports))
        .filter(({ role, unit }) => role === 'ident' && (unit === commune || unit === village))
        .map(({ missingFromMs }) => missingFromMs);
    expect(await missing()).toEqual([null, null]);
    const soonMs = clock.wallMs() + 2 * day;
    const ofCommune = await release(await submit([commune], { expiresMs: soonMs }));
    expect(await missing()).toEqual([soonMs, soonMs]);
    const laterMs = soonMs + 3 * day;
    await release(await submit([village], { expiresMs: laterMs }));
    expect(await missing()).toEqual([soonMs, laterMs]);
    await withdraw(ofCommune);
    expect(await missing()).toEqual([clock.wallMs(), laterMs]);
    await release(await submit([]));
    expect(await missing()).toEqual([null, null]);
  });
});
