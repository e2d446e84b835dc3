import { STICK_LOG_SUFFIX } from '#schemas/bundle.ts';
import type { AgentParts } from '../agent-parts.ts';
import type { AgentLink } from '../link/agent-link.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';
import type { Stick } from '../ports/stick.ts';
import { refusalOf } from '../session/refusals.ts';
import type { HeldBundle } from './stick-clips.ts';
import { createStickKeeper, type StickKeeper, type WrittenLog } from './stick-keeper.ts';
import { stickLog } from './stick-log.ts';
import { takeBundle } from './take-bundle.ts';

/** Room that is left on a stick for what its file system needs, in bytes. */
const SPARE_BYTES = 65_536;

/** The keeper of an agent's sticks; null where no folder for them is configured. */
export const keepSticks = (
  ports: AgentPorts,
  parts: AgentParts,
  link: AgentLink,
): StickKeeper | null => {
  const { stick, grant, clock, logger } = ports;
  const { stickClips: clips, tasks, recording, received, cache, wires } = parts;
  if (stick === undefined || clips === null) return null;
  return createStickKeeper({
    ...{ stick, clips, clock, logger, grant },
    track: tasks.beside,
    take: (bundle) =>
      takeBundle(bundle, {
        ...{ stick, grant },
        takeMessage: link.take,
        acknowledged: (upTo) => tasks.run(() => link.delivery.acknowledged(upTo)),
        missingPlans: received.plans.missing,
        fetchClips: cache.retryNow,
      }),
    giveLog: (bundle) => giveLog({ ports, parts, link, stick }, bundle),
    refuse: ({ reason }, { mark }) => recording.refuse(refusalOf('bundle', reason), mark),
    isCopying: () => cache.missing().some(({ sha256 }) => clips.has(sha256)),
    onChange: () => wires.changed(),
  });
};

interface GiveLog {
  readonly ports: AgentPorts;
  readonly parts: AgentParts;
  readonly link: AgentLink;
  readonly stick: Stick;
}

const giveLog = async (
  { ports, parts, link, stick }: GiveLog,
  { file, index }: HeldBundle,
): Promise<WrittenLog> => {
  const { log, writer } = parts.recording;
  const { site, speaker } = ports.grant;
  const freeBytes = Math.max(0, (await stick.freeBytes(file.folder)) - SPARE_BYTES);
  const deliveredUpTo = link.delivery.deliveredUpTo();
  const owner = { site, speaker, signer: ports.signer };
  const given = stickLog({ log, owner, deliveredUpTo, freeBytes });
  const isWritten = await stick.write(file.folder, `${speaker}${STICK_LOG_SUFFIX}`, given.parts);
  const logTo = isWritten ? given.upTo() : 0;
  const isWhole = isWritten && !given.isCut();
  await parts.tasks.run(async () => {
    await writer.write({ kind: 'stick', bundle: index.id, logTo });
  });
  return { logTo, isWhole };
};
