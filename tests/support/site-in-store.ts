import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import type { Signer } from '#runtime/signing.ts';
import type { Site, Speaker, Unit } from '#schemas/entities/site.ts';
import type { Change, Store } from '#server/ports/store.ts';
import { newSigner } from './signed-log.ts';

/** A speaker that is enrolled, and the key it signs with. */
export interface EnrolledSpeaker {
  readonly speaker: Speaker;
  readonly signer: Signer;
}

/** A commune with one village, and speakers enrolled in the village. */
export interface SiteInStore {
  readonly site: Site;
  readonly commune: Unit;
  readonly village: Unit;
  enrol(): Promise<EnrolledSpeaker>;
}

const machine = systemClock();
let lastMs = 0;

/** The machine's clock, but no two readings of it are the same. */
const wallMs = (): number => {
  lastMs = Math.max(lastMs + 1, machine.wallMs());
  return lastMs;
};
const clock = { ...machine, wallMs };

/** A fresh id; the order of ids is the order of their making. */
export const newId = (): string => createId(clock, systemEntropy);

/** Commits or throws: what a test needs before it can begin. */
export const mustCommit = async (
  store: Pick<Store, 'commit'>,
  changes: readonly Change[],
): Promise<void> => {
  const done = await store.commit({ changes });
  if (!done.ok) throw new Error(done.problem.code);
};

/** Puts a small site into the store. Its zone has no daylight saving, seven hours before UTC. */
export const putSite = async (store: Store): Promise<SiteInStore> => {
  const site: Site = {
    slug: 'xa-mau',
    name: 'Xã Mẫu',
    zone: 'Asia/Ho_Chi_Minh',
    fourEyes: false,
    createdMs: 0,
  };
  const commune: Unit = {
    id: newId(),
    parent: null,
    level: 'commune',
    name: 'Xã Mẫu',
    from: '2020-01-01',
    to: null,
  };
  const village: Unit = {
    ...commune,
    id: newId(),
    parent: commune.id,
    level: 'village',
    name: 'Thôn Đoài',
  };
  await mustCommit(store, [
    { do: 'insert', what: 'site', value: site },
    { do: 'insert', what: 'unit', value: commune },
    { do: 'insert', what: 'unit', value: village },
  ]);
  const enrol = async (): Promise<EnrolledSpeaker> => {
    const signer = newSigner();
    const speaker: Speaker = {
      id: newId(),
      unit: village.id,
      name: 'Cụm loa',
      state: 'enrolled',
      publicKey: Buffer.from(signer.publicKey).toString('base64'),
      keyId: signer.keyId,
      volume: 80,
      createdMs: 0,
      enrolledMs: 0,
      removedMs: null,
    };
    await mustCommit(store, [{ do: 'insert', what: 'speaker', value: speaker }]);
    return { speaker, signer };
  };
  return { site, commune, village, enrol };
};
