import { join } from 'node:path';
import type { SpeakerLimits } from '#schemas/limits.ts';
import type { Permit } from '#schemas/make-good.ts';
import type { PlaylistPointer } from '#schemas/pointer.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import { topicOf } from '#schemas/topics.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';
import { type HeldDocument, openHeldDocument } from './held-document.ts';
import { openMessage } from './open-message.ts';
import { createPlanStore, type PlanStore } from './plan-store.ts';

/** What the server told this speaker and what is kept of it over restarts. */
export interface Received {
  readonly pointer: HeldDocument<PlaylistPointer>;
  readonly limits: HeldDocument<SpeakerLimits>;
  readonly permit: HeldDocument<Permit>;
  readonly plans: PlanStore;
  /** The documents that the pointer names, today's and the orders' first. */
  pointedTo(): readonly Sha256[];
}

/** What is on disk, its signatures and hashes checked again. */
export const openReceived = async (ports: AgentPorts): Promise<Received> => {
  const { disk, grant } = ports;
  const { site, speaker } = grant;
  const open = (name: 'pointer' | 'limits' | 'permit', payload: Uint8Array) =>
    openMessage({ topic: topicOf(name, { site, speaker }), payload }, grant);
  const pointer = await openHeldDocument<PlaylistPointer>({
    disk,
    path: join(ports.folder, 'pointer.json'),
    who: grant,
    open: (bytes) => {
      const message = open('pointer', bytes);
      return message?.kind === 'pointer' ? message.pointer : undefined;
    },
  });
  const limits = await openHeldDocument<SpeakerLimits>({
    disk,
    path: join(ports.folder, 'limits.json'),
    who: grant,
    open: (bytes) => {
      const message = open('limits', bytes);
      return message?.kind === 'limits' ? message.limits : undefined;
    },
  });
  const permit = await openHeldDocument<Permit>({
    disk,
    path: join(ports.folder, 'permit.json'),
    who: grant,
    open: (bytes) => {
      const message = open('permit', bytes);
      return message?.kind === 'permit' ? message.permit : undefined;
    },
  });
  const plans = createPlanStore(disk, join(ports.folder, 'plans'));
  return { pointer, limits, permit, plans, pointedTo: () => pointedTo(pointer.value()) };
};

const pointedTo = (pointer: PlaylistPointer | null): readonly Sha256[] => {
  if (pointer === null) return [];
  const orders = pointer.orders.flatMap((order) => (order.kind === 'play' ? order.playlist : []));
  const days = Object.entries(pointer.days).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...new Set([...orders, ...days.map(([, hash]) => hash)])];
};
