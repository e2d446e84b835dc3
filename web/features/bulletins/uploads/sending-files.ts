import { useSyncExternalStore } from 'react';
import type { UploadView } from '#schemas/entities/upload.ts';
import type { Refused } from '../../../shared/api/refused.ts';
import { useMyId } from '../../../shared/me.tsx';
import { fileMark } from './file-mark.ts';
import { type FileToSend, type Sender, sendFile } from './send-file.ts';
import { beginDescribed } from './upload-queries.ts';

/** A file that this page sends, whatever screen or dialogue is open. */
export interface SendingFile {
  readonly key: number;
  /** Whose it is: an office has one computer for several people. */
  readonly person: string;
  /** Null until the server knows of it. */
  readonly id: string | null;
  readonly fileName: string;
  readonly title: string;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly state: 'sending' | 'paused' | 'failed' | 'whole';
  readonly error: Refused | null;
}

let files: readonly SendingFile[] = [];
let lastKey = 0;
const senders = new Map<number, Sender & { readonly watch: SendingWatch }>();
const listeners = new Set<() => void>();

const tell = (next: readonly SendingFile[]): void => {
  files = next;
  for (const listener of listeners) listener();
};

const change = (key: number, changes: Partial<SendingFile>): void =>
  tell(files.map((file) => (file.key === key ? { ...file, ...changes } : file)));

/** What who began it wants to hear of a sending. */
export interface SendingWatch {
  onBegun(id: string): void;
  /** It is at the server, or this page gave it up. */
  onOver(): void;
}

const unwatched: SendingWatch = { onBegun: () => undefined, onOver: () => undefined };

const begin = (
  person: string,
  { file, metadata, begun }: FileToSend,
  watch: SendingWatch = unwatched,
): void => {
  lastKey += 1;
  const key = lastKey;
  const fresh: SendingFile = {
    key,
    person,
    id: begun,
    fileName: file.name,
    title: metadata.title ?? file.name,
    bytes: file.size,
    sentBytes: 0,
    state: 'sending',
    error: null,
  };
  tell([...files.filter(({ id }) => begun === null || id !== begun), fresh]);
  const sender = sendFile(
    { file, metadata, begun },
    {
      onBegun: (id) => {
        change(key, { id });
        watch.onBegun(id);
      },
      onSent: (sentBytes) => change(key, { sentBytes }),
      onWhole: () => {
        change(key, { state: 'whole' });
        watch.onOver();
      },
      onFailed: (error) => change(key, { state: 'failed', error }),
    },
  );
  senders.set(key, { ...sender, watch });
};

/** Sends a file with what is said of its bulletin. Throws `Refused` for words that cannot go with it. */
export const sendNew = async (
  person: string,
  { file, description }: { file: File; description: Readonly<Record<string, string>> },
  watch?: SendingWatch,
): Promise<void> => {
  const mark = await fileMark(file);
  const { script, ...said } = description;
  // Whoever signs in to this browser meanwhile sends nothing of it: the server compares.
  const metadata = { ...said, person, filename: file.name, mark };
  // That there are none says something only of a next version, which else keeps those before.
  const areWordsSaid = script !== undefined && (script.trim() !== '' || 'replaces' in said);
  const begun = areWordsSaid ? await beginDescribed(file.size, { ...metadata, script }) : null;
  begin(person, { file, metadata, begun }, watch);
};

/** Goes on with an upload of earlier; says false where the file is another one. */
export const sendAgain = async (
  person: string,
  { file, upload }: { file: File; upload: Pick<UploadView, 'id' | 'bytes' | 'mark' | 'title'> },
  watch?: SendingWatch,
): Promise<boolean> => {
  if (file.size !== upload.bytes || (await fileMark(file)) !== upload.mark) return false;
  begin(person, { file, metadata: { title: upload.title }, begun: upload.id }, watch);
  return true;
};

/** Stops sending; what is at the server stays there. */
export const pauseSending = (key: number): void => {
  senders.get(key)?.pause();
  change(key, { state: 'paused' });
};

export const resumeSending = (key: number): void => {
  change(key, { state: 'sending', error: null });
  senders.get(key)?.resume();
};

/** Stops sending and forgets the file. */
export const forgetSending = (key: number): void => {
  const sender = senders.get(key);
  sender?.pause();
  senders.delete(key);
  sender?.watch.onOver();
  tell(files.filter((file) => file.key !== key));
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The files that this page sends or has sent for who looks on, in the order of their choosing. */
export const useSendingFiles = (): readonly SendingFile[] => {
  const me = useMyId();
  return useSyncExternalStore(subscribe, () => files).filter(({ person }) => person === me);
};
