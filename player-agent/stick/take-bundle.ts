import { BUNDLE_MESSAGES, memberNames } from '#schemas/bundle.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import { MAX_MESSAGE_BYTES, topicOf } from '#schemas/topics.ts';
import type { LinkMessage } from '../ports/link.ts';
import type { Stick } from '../ports/stick.ts';
import type { HeldBundle } from './stick-clips.ts';

export interface TakeBundlePorts {
  readonly stick: Stick;
  readonly grant: EnrolmentGrant;
  /** Takes a message as if it had come from the broker. */
  readonly takeMessage: (message: LinkMessage) => Promise<void>;
  /** The site has signed that it has the log up to this number. */
  readonly acknowledged: (upTo: number) => Promise<void>;
  /** The documents that are needed and not there. */
  readonly missingPlans: () => readonly string[];
  /** Clips that a stick may have now are fetched. */
  readonly fetchClips: () => void;
}

/**
 * Hands what a bundle holds for this speaker to where messages of the network go, in the order that
 * lets each be of use: limits and permit, pointer, the documents that it names, then their clips.
 */
export const takeBundle = async (bundle: HeldBundle, ports: TakeBundlePorts): Promise<void> => {
  const { site, speaker } = ports.grant;
  const own = bundle.index.speakers.find((one) => one.speaker === speaker);
  if (own !== undefined) await ports.acknowledged(own.logTo);
  for (const name of BUNDLE_MESSAGES) {
    const topic = topicOf(name, { site, speaker });
    await takeMember(bundle, { topic, name: memberNames.message(speaker, name) }, ports);
  }
  for (const sha256 of ports.missingPlans()) {
    const topic = topicOf('plan', { site, sha256 });
    await takeMember(bundle, { topic, name: memberNames.plan(sha256) }, ports);
  }
  ports.fetchClips();
};

const takeMember = async (
  { members, file }: HeldBundle,
  { topic, name }: { readonly topic: string; readonly name: string },
  { stick, takeMessage }: TakeBundlePorts,
): Promise<void> => {
  const member = members.get(name);
  if (member === undefined || member.bytes > MAX_MESSAGE_BYTES) return;
  const reader = await stick.open(file);
  const payload = await reader?.read(member.offset, member.bytes);
  await reader?.close();
  if (payload !== undefined) await takeMessage({ topic, payload });
};
