import type { Logger } from '#runtime/logger.ts';
import { createOneAtATime } from './jobs/one-at-a-time.ts';
import type { Life } from './life.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import type { UploadDesk } from './ports/upload-desk.ts';
import { ingestUploads } from './services/ingest-uploads.ts';
import { sweepUploads } from './services/sweep-uploads.ts';

/** Work at uploads in the background; what was begun when the server ends is finished. */
export interface UploadWork extends UploadDesk {
  /** Looks for uploads that are whole, over, or have lost their bytes. */
  sweep(): void;
}

/** Makes bulletins of uploads, one at a time; `portsOf` is asked when there is something to do. */
export const composeUploads = (
  portsOf: () => ServerPorts,
  { life, log }: { readonly life: Life; readonly log: Logger },
): UploadWork => {
  let isStopping = false;
  const failed = (error: unknown) =>
    log.error({ event: 'uploadsNotWorkedAt', error: String(error) });
  const desk = createOneAtATime(() => ingestUploads(portsOf(), () => isStopping), failed);
  const sweeping = createOneAtATime(() => sweepUploads(portsOf()), failed);
  life.onEnd(async () => {
    isStopping = true;
    await sweeping.stop();
    await desk.stop();
  });
  return { wake: desk.request, sweep: sweeping.request };
};
