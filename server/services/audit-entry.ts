import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AuditEntry } from '../ports/store.ts';

/** What somebody did to what. */
export interface Deed {
  readonly actor: Actor;
  readonly action: string;
  readonly subject: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The audit's line about a deed that happens now. */
export const auditEntry = (
  ports: Pick<ServerPorts, 'clock' | 'entropy'>,
  deed: Deed,
): AuditEntry => ({
  id: createId(ports.clock, ports.entropy),
  actor: deed.actor,
  action: deed.action,
  subject: deed.subject,
  facts: deed.facts ?? {},
  atMs: Math.floor(ports.clock.wallMs()),
});
