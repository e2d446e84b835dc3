import { sha256 } from '#runtime/signing.ts';
import {
  BUNDLE_MESSAGES,
  type BundleMember,
  type BundleMessage,
  memberNames,
} from '#schemas/bundle.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import type { PlaylistPointer } from '#schemas/pointer.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { permitTextOf } from './permit-make-good.ts';
import { readPointer } from './point-speaker.ts';

/** A member of a bundle, and what it is made from: a text, or the clip of that hash. */
export interface GatheredMember extends BundleMember {
  readonly from: { readonly text: string } | { readonly clip: string };
}

type Ports = Pick<ServerPorts, 'store' | 'clips'>;

/**
 * Everything that the broker and the clip server would give these speakers now, each thing once: what
 * was signed for each, the documents that their pointers name, and the clips of those.
 */
export const gatherBundle = async (
  ports: Ports,
  speakers: readonly string[],
): Promise<readonly GatheredMember[]> => {
  const told = await Array.fromAsync(speakers, (speaker) => toldTo(ports, speaker));
  const names = new Set(told.flatMap(({ plans }) => plans));
  const stored = await Array.fromAsync(names, (name) => ports.store.playlistBySha256(name));
  const plans = stored.filter((plan) => plan !== undefined);
  const clips = new Set(plans.flatMap(({ text }) => clipsIn(text)));
  return [
    ...told.flatMap(({ messages }) => messages),
    ...plans.map(({ sha256: name, text }) => textToMember(memberNames.plan(name), text)),
    ...(await Array.fromAsync(clips, (clip) => clipToMember(ports, clip))).flat(),
  ];
};

const clipToMember = async ({ clips }: Ports, clip: string): Promise<readonly GatheredMember[]> => {
  const size = await clips.size(clip);
  // A clip that the store has lost is missing on the stick too; the speaker says so.
  if (!size.ok) return [];
  return [{ name: memberNames.clip(clip), bytes: size.value, sha256: clip, from: { clip } }];
};

const textToMember = (name: string, text: string): GatheredMember => {
  const bytes = Buffer.from(text, 'utf8');
  return { name, bytes: bytes.length, sha256: sha256(bytes), from: { text } };
};

/** What was signed for a speaker, and which documents it is pointed to. */
const toldTo = async ({ store }: Ports, speaker: string) => {
  const pointer = await store.pointerOf(speaker);
  const texts: Readonly<Record<BundleMessage, string | undefined>> = {
    limits: (await store.limitsOf(speaker))?.envelope,
    permit: await permitTextOf(store, speaker),
    pointer: pointer?.envelope,
  };
  const messages = BUNDLE_MESSAGES.flatMap((name) => {
    const text = texts[name];
    return text === undefined ? [] : [textToMember(memberNames.message(speaker, name), text)];
  });
  return { messages, plans: pointer === undefined ? [] : pointedTo(readPointer(pointer)) };
};

const pointedTo = ({ days, orders }: PlaylistPointer): readonly string[] => {
  const byHand = orders.flatMap((order) => (order.kind === 'play' ? order.playlist : []));
  const byDay = Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...byHand, ...byDay.map(([, plan]) => plan)];
};

const clipsIn = (text: string): readonly string[] =>
  playlistSchema
    .parse(JSON.parse(text))
    .sessions.flatMap(({ slots }) => slots.flatMap(({ clip }) => clip?.sha256 ?? []));
