import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { api } from '../../shared/api/api.ts';
import { bodyToRefused, Refused } from '../../shared/api/refused.ts';
import { type Description, descriptionToQuery } from './description.ts';

export interface Recording {
  readonly file: File;
  readonly description: Description;
  /** How much has gone over the line, from 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/**
 * Sends a recording as it is; the server says whether it may become a bulletin. By XMLHttpRequest,
 * because fetch does not tell how far an upload has come. Throws `Refused`.
 */
export const uploadRecording = ({ file, description, onProgress }: Recording): Promise<Bulletin> =>
  new Promise((resolve, reject) => {
    const query = descriptionToQuery(description);
    const request = new XMLHttpRequest();
    request.open('POST', api.bulletins.audio.$url({ query }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const { status, responseText } = request;
      if (status === 201)
        resolve(JSON.parse(responseText) as Bulletin); // Our own server's answer.
      else reject(bodyToRefused(responseText));
    };
    request.onerror = () => reject(new Refused('uploadInterrupted'));
    request.send(file);
  });
