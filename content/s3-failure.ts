import { S3ServiceException } from '@aws-sdk/client-s3';
import { ClipStoreFailed } from './clip-store-failed.ts';

/** What a connection fails with; errors of local files have codes too, and are others. */
const CONNECTION =
  /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EPIPE|EPROTO|HPE_|CERT_|ERR_TLS|ERR_SSL|DEPTH_|SELF_SIGNED_|UNABLE_)/;

const isTimeout = ({ name }: Error): boolean => name === 'TimeoutError' || name === 'AbortError';

/** The status of an answer that is none of a store, as a page of a proxy before it. */
const strangeStatus = (error: Error): unknown =>
  '$response' in error ? Object(error.$response).statusCode : undefined;

/** What the store or the way to it says has failed; undefined for any other mistake. */
const detailOf = (error: unknown): string | undefined => {
  if (error instanceof ClipStoreFailed) return error.detail;
  if (error instanceof S3ServiceException) {
    const { httpStatusCode } = error.$metadata;
    return httpStatusCode === undefined ? error.name : `${error.name}, ${httpStatusCode}`;
  }
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && CONNECTION.test(String(error.code))) return String(error.code);
  if (isTimeout(error)) return error.name;
  const status = strangeStatus(error);
  if (status !== undefined) return `Unknown, ${status}`;
  return error instanceof AggregateError ? detailOf(error.errors[0]) : undefined;
};

/** Does what asks the store; what fails at the store or on the way is thrown as `ClipStoreFailed`. */
export const askingStore = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    const detail = detailOf(error);
    throw detail === undefined ? error : new ClipStoreFailed(detail, error);
  }
};
