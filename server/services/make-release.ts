import { createId } from '#runtime/clock.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Release } from '#schemas/release.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredRelease } from '../ports/stored-signed.ts';
import { signPayload } from './sign-payload.ts';

/**
 * The signed release of exactly the bulletin's present bytes, and the bulletin as it is then.
 * Source: DESIGN.md, the way of a broadcast, 2.
 */
export const makeRelease = (
  ports: Pick<ServerPorts, 'keys' | 'clock' | 'entropy'>,
  bulletin: Bulletin,
  { site, releasedBy }: { site: string; releasedBy: string },
): { bulletin: Bulletin; release: StoredRelease } => {
  const releasedMs = Math.floor(ports.clock.wallMs());
  const payload: Release = {
    v: 1,
    site,
    id: createId(ports.clock, ports.entropy),
    bulletin: bulletin.id,
    clip: bulletin.clip,
    campaigns: bulletin.campaigns,
    releasedBy,
    releasedMs,
  };
  const envelope = JSON.stringify(signPayload(ports.keys, 'release', payload));
  const { id, clip } = payload;
  return {
    bulletin: { ...bulletin, state: 'released', releasedMs },
    release: { id, bulletin: bulletin.id, clip, envelope, releasedMs },
  };
};
