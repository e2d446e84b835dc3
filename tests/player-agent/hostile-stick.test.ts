import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_BUNDLE_BYTES } from '#schemas/bundle.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import type { RigBoot } from './support/agent-rig.ts';
import { SPEAKER } from './support/station.ts';
import {
  BUNDLE_NAME,
  clip,
  other,
  plannedVillage,
  type StickVillage,
  stickOf,
  storedAtOffice,
} from './support/stick-village.ts';

const refusedIn = async (here: StickVillage, boot: RigBoot, reason: string) => {
  expect(here.rig.faults).toEqual([]);
  expect((await boot.agent.health()).lastRefusal).toMatchObject({ reason });
  // What was written down is seen once a sound bundle brings the log home.
  here.put(await here.bundle(), 'good.tieng-lang.tar');
  await here.look();
  await here.takeBack();
  const refused = (await storedAtOffice(here)).filter(({ kind }) => kind === 'refused');
  expect(refused).toMatchObject([{ what: 'bundle', reason }]);
};

test('a bundle that is signed with another key is refused', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  here.put(await here.bundle(newSigner()));
  await here.look();
  expect(await stickOf(boot)).toMatchObject({ state: 'refused', bundle: null });
  expect((await boot.agent.health()).pointerRevision).toBe(0);
  expect(existsSync(here.logPath)).toBe(false);
  await refusedIn(here, boot, 'badSignature');
});

test('a bundle that was cut short is refused whole', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  here.put(await here.bundle());
  truncateSync(join(here.mount, BUNDLE_NAME), statSync(join(here.mount, BUNDLE_NAME)).size - 3_000);
  await here.look();
  expect((await boot.agent.health()).pointerRevision).toBe(0);
  await refusedIn(here, boot, 'badMessage');
});

test('a bundle for other speakers is refused', async () => {
  const here = await plannedVillage();
  const grant = { ...here.rig.station.grant(), speaker: '0197a000-0000-7000-8000-00000000000f' };
  const boot = await here.boot({ grant });
  here.put(await here.bundle());
  await here.look();
  expect((await boot.agent.health()).lastRefusal).toMatchObject({ reason: 'wrongSpeaker' });
});

test('the bundle of another site is refused, even when both sites have one key', async () => {
  const here = await plannedVillage();
  const boot = await here.boot({ grant: { ...here.rig.station.grant(), site: 'xa-khac' } });
  here.put(await here.bundle());
  await here.look();
  expect((await boot.agent.health()).lastRefusal).toMatchObject({ reason: 'wrongSpeaker' });
});

test('a clip whose bytes were changed on the stick is refused, and the rest is taken', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  const bytes = await here.bundle();
  bytes[bytes.indexOf(Buffer.from(clip.bytes)) + 17] = 0;
  here.put(bytes);
  await here.look();
  expect((await boot.agent.health()).cache).toMatchObject({ neededClips: 2, presentClips: 1 });
  here.put(await here.bundle(), 'good.tieng-lang.tar');
  await here.look();
  await here.rig.clock.advance(60_000);
  await here.takeBack();
  expect((await storedAtOffice(here)).filter(({ kind }) => kind === 'refused')).toMatchObject([
    { what: 'clip', reason: 'clipHash', clip: clip.sha256 },
  ]);
  expect((await boot.agent.health()).cache).toMatchObject({ presentClips: 2 });
});

test('a clip that the stick has wrong is asked of the network', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  here.rig.addClips(clip, other);
  const bytes = await here.bundle();
  bytes[bytes.indexOf(Buffer.from(clip.bytes)) + 17] = 0;
  here.put(bytes);
  await here.look();
  expect((await boot.agent.health()).cache).toMatchObject({ presentClips: 2 });
  expect(here.rig.requests).toMatchObject([{ sha256: clip.sha256 }]);
});

test('links, folders and huge files that are named as bundles harm nothing', async () => {
  const here = await plannedVillage();
  const secret = join(here.rig.folder, 'secret');
  writeFileSync(secret, await here.bundle());
  symlinkSync(secret, join(here.mount, `link${BUNDLE_NAME}`));
  symlinkSync('/dev/zero', join(here.mount, `zero${BUNDLE_NAME}`));
  symlinkSync(here.rig.folder, join(here.mount, '..', 'elsewhere'));
  mkdirSync(join(here.mount, `folder${BUNDLE_NAME}`));
  writeFileSync(join(here.mount, `huge${BUNDLE_NAME}`), 'x');
  truncateSync(join(here.mount, `huge${BUNDLE_NAME}`), MAX_BUNDLE_BYTES + 1);
  const boot = await here.boot();
  await here.look();
  expect((await boot.agent.health()).pointerRevision).toBe(0);
  await refusedIn(here, boot, 'badMessage');
});

test('a link in place of the log leads nothing anywhere: it is replaced', async () => {
  const here = await plannedVillage();
  const precious = join(here.rig.folder, 'precious');
  writeFileSync(precious, 'precious');
  symlinkSync(precious, here.logPath);
  symlinkSync(precious, `${here.logPath}.part`);
  await here.boot();
  here.put(await here.bundle());
  await here.look();
  expect(readFileSync(precious, 'utf8')).toBe('precious');
  expect(lstatSync(here.logPath).isFile()).toBe(true);
  expect((await here.takeBack()).ok).toBe(true);
});

test('whatever bytes of a bundle are changed or missing, nothing throws and nothing forged is taken', async () => {
  const here = await plannedVillage();
  const boot = await here.boot();
  const sound = await here.bundle();
  const change = fc.record({
    at: fc.nat({ max: sound.length - 1 }),
    byte: fc.integer({ min: 0, max: 255 }),
    cut: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, byte, cut }) => {
      const bytes = Buffer.from(sound);
      bytes[at] = byte;
      here.put(cut ? bytes.subarray(0, at) : bytes, `next${BUNDLE_NAME}`);
      renameSync(join(here.mount, `next${BUNDLE_NAME}`), join(here.mount, BUNDLE_NAME));
      await here.rig.clock.advance(5_000);
      expect(here.rig.faults).toEqual([]);
      expect((await boot.agent.health()).pointerRevision).toBeLessThanOrEqual(1);
    }),
    { numRuns: 25 },
  );
});

test.each([
  { why: 'no head', text: '{"records":[]}\n', problem: { code: 'stickLogInvalid', line: 1 } },
  { why: 'nothing', text: '', problem: { code: 'stickLogInvalid', line: 1 } },
  {
    why: 'a line that is no batch',
    text: `{"v":1,"site":"xa-mau","speaker":"${SPEAKER}"}\nx\n`,
    problem: { code: 'stickLogInvalid', line: 2 },
  },
  {
    why: 'of another site',
    text: `{"v":1,"site":"xa-khac","speaker":"${SPEAKER}"}\n`,
    problem: { code: 'wrongSpeaker' },
  },
])('the office takes no log that is none: $why', async ({ text, problem }) => {
  const here = await plannedVillage();
  expect(await here.takeBack(Buffer.from(text))).toMatchObject({ ok: false, problem });
});
