import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { ClipStoreFailed } from '#content/clip-store-failed.ts';
import type { Logger } from '#runtime/logger.ts';
import type { AppEnv } from './app-env.ts';
import { problemToResponse, RequestRefused } from './problem-response.ts';

const CLIENT_ERRORS = 500;

/**
 * Answers what handlers throw: a refusal as its problem, what the framework could not read as
 * `requestInvalid`, a clip store that fails as `clipStoreFailed`, and anything else as `internal` with the request's id, which the log has too.
 */
export const answerError =
  (log: Logger): ErrorHandler<AppEnv> =>
  (error, context) => {
    if (error instanceof RequestRefused) return problemToResponse(context, error.problem);
    if (error instanceof HTTPException && error.status < CLIENT_ERRORS) {
      const issues = [{ path: '', issue: error.message }];
      return problemToResponse(context, { code: 'requestInvalid', issues });
    }
    if (error instanceof ClipStoreFailed) {
      const { detail } = error;
      log.error({ event: 'clipStoreFailed', requestId: context.get('requestId'), detail });
      return problemToResponse(context, { code: 'clipStoreFailed', detail });
    }
    const reference = context.get('requestId');
    log.error({ event: 'requestFailed', requestId: reference, error: error.stack ?? `${error}` });
    return problemToResponse(context, { code: 'internal', reference });
  };
