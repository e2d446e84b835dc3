import { Hono } from 'hono';
import type { ServerPorts } from '../ports/server-ports.ts';
import { answerError } from './answer-error.ts';
import type { AppEnv } from './app-env.ts';
import { createConsoleFiles } from './console-files.ts';
import { problemToResponse } from './problem-response.ts';
import { requestLog } from './request-log.ts';
import { createAccessRoutes } from './routes/access.ts';
import { createAirtimeRoutes } from './routes/airtime.ts';
import { createBulletinRoutes } from './routes/bulletins.ts';
import { createBundleRoutes } from './routes/bundle.ts';
import { createClipRoutes } from './routes/clips.ts';
import { createEmergencyRoutes } from './routes/emergencies.ts';
import { createEvidenceRoutes } from './routes/evidence.ts';
import { createHotlineRoutes } from './routes/hotlines.ts';
import { createIdentRoutes } from './routes/idents.ts';
import { createLiveRoutes } from './routes/live.ts';
import { createMakeGoodRoutes } from './routes/make-good.ts';
import { createMakingRoutes } from './routes/makings.ts';
import { createPlayRoutes } from './routes/play.ts';
import { createReadinessRoutes } from './routes/readiness.ts';
import { createSettingsRoutes } from './routes/settings.ts';
import { createSiteRoutes } from './routes/site.ts';
import { createSpeechRoutes } from './routes/speech.ts';
import { createTrustRoutes } from './routes/trust.ts';
import { createUpkeepRoutes } from './routes/upkeep.ts';
import { createUploadRoutes, UPLOADS_PATH } from './routes/uploads.ts';
import { createVillageRoutes } from './routes/village.ts';
import { sameOrigin } from './same-origin.ts';
import { secureOnly } from './secure-only.ts';
import { securityHeaders } from './security-headers.ts';

/** The HTTP side of the server. Its type is the client's. */
export const createApp = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .use(requestLog(ports))
    .use(securityHeaders)
    .use(secureOnly(ports))
    .use(sameOrigin(ports))
    .get('/health', async (context) => {
      await ports.store.site();
      return context.json({ ok: true });
    })
    .route('/api', createAccessRoutes(ports))
    .route('/api', createSiteRoutes(ports))
    .route('/api', createAirtimeRoutes(ports))
    .route('/api', createSettingsRoutes(ports))
    .route('/api', createPlayRoutes(ports))
    .route('/api', createUpkeepRoutes(ports))
    .route('/api', createEvidenceRoutes(ports))
    .route('/api', createReadinessRoutes(ports))
    .route('/api', createLiveRoutes(ports))
    .route('/api/emergencies', createEmergencyRoutes(ports))
    .route('/api/hotlines', createHotlineRoutes(ports))
    .route('/api/idents', createIdentRoutes(ports))
    .route('/api/make-good', createMakeGoodRoutes(ports))
    .route('/api/bulletins', createBulletinRoutes(ports))
    .route('/api/bulletins', createMakingRoutes(ports))
    .route(UPLOADS_PATH, createUploadRoutes(ports))
    .route('/api/bundle', createBundleRoutes(ports))
    .route('/api/speech', createSpeechRoutes(ports))
    .route('/api/village', createVillageRoutes(ports))
    .route('/clips', createClipRoutes(ports))
    .route('/', createTrustRoutes(ports))
    .route('/', createConsoleFiles(ports.consoleFolder))
    .onError(answerError(ports.log))
    .notFound((context) =>
      problemToResponse(context, { code: 'notFound', what: 'path', id: context.req.path }),
    );
export type AppType = ReturnType<typeof createApp>;
