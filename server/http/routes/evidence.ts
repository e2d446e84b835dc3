import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { localDayAt } from '#runtime/day-table.ts';
import { logQuerySchema, verdictsQuerySchema } from '#schemas/requests/evidence.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { describeLog, exportLog } from '../../services/describe-log.ts';
import { createJudgeDay } from '../../services/judge-day.ts';
import { knownSite } from '../../services/known-site.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn } from '../who.ts';

/** What was aired, as speakers signed it, and what the rules say of it. */
export const createEvidenceRoutes = (ports: ServerPorts) => {
  const judgeDay = createJudgeDay(ports);
  const reads = signedIn(ports);
  return new Hono<AppEnv>()
    .get('/verdicts', reads, validate('query', verdictsQuerySchema), async (context) => {
      const { zone } = await knownSite(ports.store);
      const today = localDayAt(ports.clock.wallMs(), zone);
      return context.json(accepted(await judgeDay(context.req.valid('query').day ?? today)));
    })
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
