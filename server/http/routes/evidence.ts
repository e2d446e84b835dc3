import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { localDayAt } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import {
  logQuerySchema,
  reconciliationQuerySchema,
  totalsQuerySchema,
  verdictsQuerySchema,
} from '#schemas/requests/evidence.ts';
import {
  acceptExcuseRequestSchema,
  correctHistoryRequestSchema,
  lockWeekRequestSchema,
} from '#schemas/requests/inspection.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { acceptExcuse } from '../../services/accept-excuse.ts';
import { addUpVerdicts } from '../../services/add-up-verdicts.ts';
import { correctHistory } from '../../services/correct-history.ts';
import { describeInspection } from '../../services/describe-inspection.ts';
import { describeLog, exportLog } from '../../services/describe-log.ts';
import { judgeDay } from '../../services/judge-day.ts';
import { knownSite } from '../../services/known-site.ts';
import { lockWeek } from '../../services/lock-week.ts';
import { reconcileDay } from '../../services/reconcile-day.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn } from '../who.ts';

/** What was aired, as speakers signed it, and what the rules say of it. */
export const createEvidenceRoutes = (ports: ServerPorts) => {
  const { judgeWeek } = ports.verdicts;
  const reads = signedIn(ports);
  const dayOf = async ({ day }: { readonly day?: LocalDay | undefined }): Promise<LocalDay> => {
    if (day !== undefined) return day;
    const { zone } = await knownSite(ports.store);
    return localDayAt(ports.clock.wallMs(), zone);
  };
  return new Hono<AppEnv>()
    .get('/verdicts', reads, validate('query', verdictsQuerySchema), async (context) => {
      const day = await dayOf(context.req.valid('query'));
      return context.json(accepted(await judgeDay(judgeWeek, day)));
    })
    .get('/verdicts/totals', reads, validate('query', totalsQuerySchema), async (context) => {
      const { day, ...rest } = context.req.valid('query');
      const wanted = { ...rest, day: await dayOf({ day }) };
      return context.json(accepted(await addUpVerdicts(ports, wanted)));
    })
    .get('/verdicts/week', reads, validate('query', verdictsQuerySchema), async (context) =>
      context.json(accepted(await judgeWeek(await dayOf(context.req.valid('query'))))),
    )
    .get(
      '/reconciliation',
      reads,
      validate('query', reconciliationQuerySchema),
      async (context) => {
        const { day, ...rest } = context.req.valid('query');
        return context.json(
          accepted(await reconcileDay(ports, { day: await dayOf({ day }), ...rest })),
        );
      },
    )
    .get('/inspection', reads, validate('query', verdictsQuerySchema), async (context) =>
      context.json(await describeInspection(ports, await dayOf(context.req.valid('query')))),
    )
    .post(
      '/locks',
      signedIn(ports, 'inspector', 'administrator'),
      jsonLimit,
      validate('json', lockWeekRequestSchema),
      async (context) => {
        const { day } = context.req.valid('json');
        const locked = await lockWeek(ports, context.get('user').id, day);
        return context.json(accepted(locked), 201);
      },
    )
    .post(
      '/excuses',
      signedIn(ports, 'inspector'),
      jsonLimit,
      validate('json', acceptExcuseRequestSchema),
      async (context) => {
        const deed = { userId: context.get('user').id, request: context.req.valid('json') };
        return context.json(accepted(await acceptExcuse(ports, judgeWeek, deed)), 201);
      },
    )
    .post(
      '/corrections',
      signedIn(ports, 'inspector'),
      jsonLimit,
      validate('json', correctHistoryRequestSchema),
      async (context) => {
        const deed = { userId: context.get('user').id, request: context.req.valid('json') };
        return context.json(accepted(await correctHistory(ports, deed)), 201);
      },
    )
    .get('/speakers/:id/health', reads, validate('param', idPathSchema), (context) =>
      context.json(ports.watch.stateOf(context.req.valid('param').id)),
    )
    .get(
      '/speakers/:id/log',
      reads,
      validate('param', idPathSchema),
      validate('query', logQuerySchema),
      async (context) => {
        const { id } = context.req.valid('param');
        return context.json(accepted(await describeLog(ports, id, context.req.valid('query'))));
      },
    )
    .get('/speakers/:id/log/export', reads, validate('param', idPathSchema), async (context) => {
      const lines = accepted(await exportLog(ports, context.req.valid('param').id));
      context.header('content-type', 'application/x-ndjson; charset=utf-8');
      return stream(context, async (body) => {
        for await (const part of lines) await body.write(part);
      });
    });
};
