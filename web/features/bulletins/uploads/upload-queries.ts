import { queryOptions } from '@tanstack/react-query';
import type { UploadView } from '#schemas/entities/upload.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bodyToRefused } from '../../../shared/api/refused.ts';

/** What the person who looks on has on its way to a bulletin. */
export const uploadsQuery = queryOptions({
  queryKey: ['uploads'],
  queryFn: () => answered(api.uploads.$get()),
});

/** Begins an upload whose words are too long for a header; gives its id. Throws `Refused`. */
export const beginDescribed = async (
  bytes: number,
  metadata: Record<string, string>,
): Promise<string> => {
  const asked = api.uploads.described.$post({ json: { bytes, metadata } });
  return (await answered(asked)).id;
};

/** Takes an upload back, or away when it was refused. Throws `Refused`. */
export const cancelUpload = async (id: string): Promise<void> => {
  const answer = await api.uploads[':id'].$delete({ param: { id } });
  if (!answer.ok) throw bodyToRefused(await answer.text());
};

/** Has the server try once more with the bytes that it has. Throws `Refused`. */
export const retryUpload = (id: string) =>
  answered(api.uploads[':id'].retry.$post({ param: { id } }));

/** What has become of an upload of the person who looks on. Throws `Refused`. */
export const askUpload = async (id: string): Promise<UploadView> => {
  const view: unknown = await answered(api.uploads[':id'].$get({ param: { id } }));
  // Of HEAD, which the same route answers, the server's type knows no more.
  return view as UploadView;
};
