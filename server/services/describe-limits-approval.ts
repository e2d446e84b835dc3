import * as z from 'zod';
import { limitsSchema } from '#schemas/limits.ts';
import { daypartSchema } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AuditEntry } from '../ports/store.ts';

/** Who did it, by name, and when, in epoch milliseconds; null for the system itself. */
export interface LimitsDeed {
  readonly by: string | null;
  readonly atMs: number;
}

/** How the limits that speakers keep by themselves came to be what they are. */
export interface LimitsApproval {
  /** The last change of volume, stretch or quiet hours of the site; null where nobody ever made one. */
  readonly changed: LimitsDeed | null;
  /** The last one that loosened them: an approver's act. Null where nothing was ever loosened. */
  readonly approved: LimitsDeed | null;
}

const boundsSchema = limitsSchema.pick({ maxVolume: true, maxContinuousMin: true });
const quietSchema = z.object({ quietHours: z.array(daypartSchema) });
const loosens = z.boolean();
/** What the two deeds that change limits write into the audit. */
const factsByAction = new Map<string, z.ZodType<{ isChange: boolean; loosens: boolean }>>([
  [
    'setSiteLimits',
    z
      .object({ before: boundsSchema, limits: boundsSchema, loosens })
      .transform((facts) => ({ ...facts, isChange: !isSame(facts.before, facts.limits) })),
  ],
  [
    'setSiteSettings',
    z
      .object({ before: quietSchema, after: quietSchema, loosens })
      .transform((facts) => ({ ...facts, isChange: !isSame(facts.before, facts.after) })),
  ],
]);

const isSame = (before: object, after: object): boolean =>
  JSON.stringify(before) === JSON.stringify(after);

/** Who set the site's limits in force, and which approver loosened them last. Source: issue 5, 2. */
export const describeLimitsApproval = async ({
  store,
}: Pick<ServerPorts, 'store'>): Promise<LimitsApproval> => {
  const names = new Map((await store.users()).map(({ id, name }) => [id, name]));
  const toDeed = ({ actor, atMs }: AuditEntry): LimitsDeed => ({
    by: actor.kind === 'user' ? (names.get(actor.id) ?? actor.id) : null,
    atMs,
  });
  const changes = (await store.auditOf(['site'], [...factsByAction.keys()])).flatMap((entry) => {
    const facts = factsByAction.get(entry.action)?.safeParse(entry.facts).data;
    return facts?.isChange ? [{ deed: toDeed(entry), loosens: facts.loosens }] : [];
  });
  return {
    changed: changes.at(-1)?.deed ?? null,
    approved: changes.findLast((change) => change.loosens)?.deed ?? null,
  };
};
