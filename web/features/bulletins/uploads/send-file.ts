import { type DetailedError, Upload } from 'tus-js-client';
import { bodyToRefused, Refused } from '../../../shared/api/refused.ts';

/** What goes over the line at once: small enough for every proxy, large enough to be quick. */
const PIECE_BYTES = 8 * 1024 * 1024;
/** After a cut it is tried again at once, then ever more seldom, for about ten minutes. */
const RETRY_DELAYS_MS = [0, 1000, 3000, ...Array.from({ length: 60 }, () => 10_000)];
const CONFLICT = 409;
const LOCKED = 423;
const DISK_FULL = 507;

/** What is sent, and to which upload if it was begun before. */
export interface FileToSend {
  readonly file: File;
  readonly metadata: Readonly<Record<string, string>>;
  readonly begun: string | null;
}

/** What is heard of it. */
export interface SendEvents {
  /** The server knows it under this id. */
  onBegun(id: string): void;
  onSent(bytes: number): void;
  onWhole(): void;
  /** It goes no further by itself. */
  onFailed(error: Refused): void;
}

/** A file on its way; `pause` keeps what is there, `resume` goes on from it. */
export interface Sender {
  pause(): void;
  resume(): void;
}

const errorToRefused = (error: Error | DetailedError): Refused => {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  return answer === null ? new Refused('uploadInterrupted') : bodyToRefused(answer.getBody());
};

const isWorthRetrying = ({ originalResponse }: DetailedError): boolean => {
  const status = originalResponse?.getStatus() ?? 0;
  if (status === CONFLICT || status === LOCKED) return true;
  return (status < 400 || status >= 500) && status !== DISK_FULL;
};

/** Sends a file in pieces; a cut line is mended by itself. Source: tus.io, protocol 1.0.0. */
export const sendFile = ({ file, metadata, begun }: FileToSend, events: SendEvents): Sender => {
  const endpoint = `${window.location.origin}/api/uploads`;
  const upload = new Upload(file, {
    // Where one was begun no other is.
    ...(begun === null ? { endpoint } : { uploadUrl: `${endpoint}/${begun}` }),
    metadata: { ...metadata },
    chunkSize: PIECE_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    storeFingerprintForResuming: false,
    onShouldRetry: isWorthRetrying,
    onUploadUrlAvailable: () => {
      // A server that cannot answer for a moment would else be asked for another upload, from its first byte.
      upload.options.endpoint = null;
      events.onBegun(upload.url?.split('/').at(-1) ?? '');
    },
    onProgress: (sent) => events.onSent(sent),
    onSuccess: () => events.onWhole(),
    onError: (error) => events.onFailed(errorToRefused(error)),
  });
  upload.start();
  return { pause: () => void upload.abort(), resume: () => upload.start() };
};
