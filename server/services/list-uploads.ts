import type { Upload, UploadView } from '#schemas/entities/upload.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem } from '#schemas/problem.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { isPassing } from './passing-problem.ts';
import { receivedBytes } from './upload-files.ts';

/** How long a finished upload is listed, so that who looks away for a moment sees how it ended. */
const SHOWN_WHEN_DONE_MS = 10 * 60_000;

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'uploadFolder'>;

const tell = (problem: Problem): UploadView['problem'] => ({
  ...problem,
  sentence: { vi: problemToSentence(problem, 'vi'), en: problemToSentence(problem, 'en') },
});

/** An upload as its owner sees it. */
export const uploadToView = async (
  ports: Pick<ServerPorts, 'uploadFolder'>,
  upload: Upload,
): Promise<UploadView> => {
  const { owner: _, description, source: __, problem, ...shown } = upload;
  const isHere = upload.step !== 'receiving';
  return {
    ...shown,
    title: description.title ?? '',
    receivedBytes: isHere ? upload.bytes : ((await receivedBytes(ports, upload.id)) ?? 0),
    problem: problem && tell(problem),
    retriable: problem !== null && upload.step === 'refused' && isPassing(problem),
  };
};

/**
 * What somebody has on its way, oldest first: what is not whole, what is worked at, what was refused,
 * and what became a bulletin in the last `SHOWN_WHEN_DONE_MS`.
 */
export const listUploads = async (ports: Ports, owner: string): Promise<readonly UploadView[]> => {
  const sinceMs = ports.clock.wallMs() - SHOWN_WHEN_DONE_MS;
  const shown = await ports.store.uploadsOf(owner, sinceMs);
  return Promise.all(shown.map((upload) => uploadToView(ports, upload)));
};
