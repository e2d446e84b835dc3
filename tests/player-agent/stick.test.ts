import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeStick } from '#player-agent/stick/node-stick.ts';
import { canMount, smallDisk } from '#tests/support/small-disk.ts';
import { SPEAKER } from './support/station.ts';
import {
  BUNDLE_NAME,
  clip,
  other,
  plannedVillage,
  SECOND_START,
  START,
  stickOf,
  storedAtOffice,
} from './support/stick-village.ts';

test('a village without any network plays what the stick brought, and its log comes home', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  here.put(await here.bundle());
  await here.look();
  expect(await stickOf(boot)).toMatchObject({ state: 'done' });
  rmSync(join(here.mount, BUNDLE_NAME));
  await here.look();
  expect(await stickOf(boot)).toBeNull();
  expect((await boot.agent.health()).cache).toMatchObject({ neededClips: 2, presentClips: 2 });
  await here.rig.clock.advanceToWall(SECOND_START + 60_000);
  expect(boot.player.sounded).toHaveLength(3);

  here.put(await here.bundle());
  await here.look();
  expect((await here.takeBack()).ok).toBe(true);
  const ended = (await storedAtOffice(here)).filter(({ kind }) => kind === 'ended');
  expect(ended).toMatchObject([
    { item: { clip: clip.sha256 }, outcome: 'whole' },
    { item: { clip: clip.sha256 }, outcome: 'whole' },
    { item: { clip: other.sha256 }, outcome: 'whole' },
  ]);
  expect(here.rig.faults).toEqual([]);
});

test('the log says that a stick was read and what was written onto it', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  here.put(await here.bundle());
  await here.look();
  const shown = await stickOf(boot);
  expect(shown?.logTo).toBeGreaterThan(0);
  here.put(await here.bundle());
  await here.look();
  await here.takeBack();
  const read = (await storedAtOffice(here)).filter(({ kind }) => kind === 'stick');
  expect(read).toMatchObject([{ bundle: shown?.bundle, logTo: shown?.logTo }]);
});

test('each record comes home once, whatever sticks bring it, how often and in which order', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  const old = await here.bundle();
  here.put(old);
  await here.look();
  const first = readFileSync(here.logPath);
  await here.rig.clock.advanceToWall(START + 60_000);
  here.put(old);
  await here.look();
  const second = readFileSync(here.logPath);
  const logTo = (await stickOf(boot))?.logTo ?? 0;
  for (const log of [second, first, second, first]) {
    expect(await here.takeBack(log)).toMatchObject({ ok: true, value: { upTo: logTo } });
  }
  expect((await storedAtOffice(here)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: logTo }, (_, index) => index + 1),
  );
  expect(await here.store.findings(SPEAKER)).toEqual([]);
});

test('what the office signed to have is not written onto the next stick', async () => {
  const here = await plannedVillage();
  await here.boot();
  here.put(await here.bundle());
  await here.look();
  const before = statSync(here.logPath).size;
  const taken = await here.takeBack();
  here.put(await here.bundle());
  await here.look();
  expect(taken).toMatchObject({ ok: true });
  expect(statSync(here.logPath).size).toBeLessThan(before);
  expect((await here.takeBack()).ok).toBe(true);
  const seqs = (await storedAtOffice(here)).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});

test('records that came home by stick are not stored again when they come over the network', async () => {
  const here = await plannedVillage();
  await here.boot();
  here.put(await here.bundle());
  await here.look();
  here.rig.broker.setUp(true);
  await here.look();
  const { written } = here.rig.broker;
  const sent = written.filter(({ topic }) => topic.endsWith('/log/records'));
  expect(sent.length).toBeGreaterThan(0);
  const taken = await here.takeBack();
  expect(taken).toMatchObject({ ok: true, value: { findings: 0 } });
});

test('a newer bundle takes the place of an older one, and an older one is refused', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  const old = await here.bundle();
  await here.tell({ revision: 2, days: {}, clips: [] });
  here.put(await here.bundle());
  await here.look();
  here.put(old);
  await here.look();
  expect(await boot.agent.health()).toMatchObject({ pointerRevision: 2, limitsRevision: 2 });
  await here.takeBack();
  here.put(await here.bundle());
  await here.look();
  await here.takeBack();
  const refused = (await storedAtOffice(here)).filter(({ kind }) => kind === 'refused');
  expect(refused).toMatchObject([
    { what: 'limits', reason: 'oldRevision' },
    { what: 'pointer', reason: 'oldRevision' },
  ]);
});

test('a bundle that lies on the stick at the start is taken', async () => {
  const here = await plannedVillage();
  here.put(await here.bundle());
  const boot = await here.boot();
  await here.rig.clock.settle();
  expect(await stickOf(boot)).toMatchObject({ state: 'done' });
});

test('a stick on which nothing can be written is read all the same', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  mkdirSync(join(here.logPath, 'in-the-way'), { recursive: true });
  here.put(await here.bundle());
  await here.look();
  expect(await stickOf(boot)).toMatchObject({ state: 'logNotWhole', logTo: 0 });
  expect((await boot.agent.health()).cache).toMatchObject({ presentClips: 2 });
  expect(readdirSync(here.mount).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(here.rig.faults).toEqual([]);
});

test.runIf(canMount())(
  'a full stick is read, keeps no half log, and the speaker says so',
  async () => {
    const here = await plannedVillage();
    const bytes = await here.bundle();
    const disk = await smallDisk(Math.ceil(bytes.length / 1024) + 12);
    writeFileSync(join(disk, BUNDLE_NAME), bytes);
    const boot = await here.boot({ stick: nodeStick(disk) });
    await here.look();
    expect(await stickOf(boot)).toMatchObject({ state: 'logNotWhole', logTo: 0 });
    expect(readdirSync(disk).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect((await boot.agent.health()).cache).toMatchObject({ presentClips: 2 });
  },
);
