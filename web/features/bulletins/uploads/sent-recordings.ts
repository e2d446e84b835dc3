import { useEffect } from 'react';
import type { UploadView } from '#schemas/entities/upload.ts';
import { Refused } from '../../../shared/api/refused.ts';
import { useMyId } from '../../../shared/me.tsx';
import { forgetRecording, type Recorded, recordingOf } from '../recording/kept-pieces.ts';
import { dropSending, keepSending, keptSendings, type Sending } from '../recording/sendings.ts';
import { type SendingWatch, sendAgain, sendNew } from './sending-files.ts';
import { askUpload } from './upload-queries.ts';

const endingByType: Readonly<Record<string, string>> = { webm: 'webm', ogg: 'ogg', mp4: 'm4a' };

/** A recording as a file of its title, with the ending of its format. */
const recordedToFile = ({ sound }: Recorded, title: string): File => {
  const ending = endingByType[/^audio\/(\w+)/.exec(sound.type)?.[1] ?? ''] ?? 'webm';
  return new File([sound], `${title.replace(/[/\\]/g, '-')}.${ending}`, { type: sound.type });
};

/** Works on a recording that no window of this browser works on; else leaves it to that one. */
const whenFree = (person: string, startedMs: number, work: () => Promise<void>): Promise<void> =>
  navigator.locks.request(
    `tieng-lang.recording.${person}.${startedMs}`,
    { ifAvailable: true },
    (lock) => (lock === null ? undefined : work()),
  );

/** Runs a sending to its end; `begin` says whether there is one. */
const untilOver = (
  onBegun: SendingWatch['onBegun'],
  begin: (watch: SendingWatch) => Promise<boolean>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    begin({ onBegun, onOver: resolve }).then((isBegun) => {
      if (!isBegun) resolve();
    }, reject);
  });

/**
 * Sends a recording in pieces, in the background. It stays in this browser until it is a bulletin, and
 * goes on by itself when the page is opened anew. Resolves when it has begun.
 */
export const sendRecording = (
  person: string,
  recorded: Recorded,
  description: Readonly<Record<string, string>>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const { startedMs } = recorded;
    // What cannot be kept is sent from memory.
    const keep = (upload: string | null) =>
      keepSending(person, { startedMs, upload }).catch(() => undefined);
    const file = recordedToFile(recorded, description.title ?? '');
    whenFree(person, startedMs, async () => {
      let isBegun = false;
      const onBegun = (upload: string) => {
        isBegun = true;
        void keep(upload);
      };
      await keep(null);
      try {
        await untilOver(onBegun, async (watch) => {
          await sendNew(person, { file, description }, watch);
          resolve();
          return true;
        });
      } finally {
        // Given up before the server knew of it: it waits to be sent again.
        if (!isBegun) await dropSending(person, startedMs).catch(() => undefined);
      }
    }).then(resolve, reject);
  });

const findUpload = async (id: string | null): Promise<UploadView | undefined> => {
  if (id === null) return undefined;
  try {
    return await askUpload(id);
  } catch (error) {
    if (error instanceof Refused && error.code === 'notFound') return undefined;
    throw error;
  }
};

/** Goes on with a recording that was on its way when its page was closed. */
const goOn = async (person: string, startedMs: number, upload: UploadView): Promise<void> => {
  const recorded = await recordingOf(person, startedMs);
  let isSame = false;
  if (recorded !== null) {
    const file = recordedToFile(recorded, upload.title);
    await untilOver(
      () => undefined,
      async (watch) => {
        isSame = await sendAgain(person, { file, upload }, watch);
        return isSame;
      },
    );
  }
  if (!isSame) await dropSending(person, startedMs);
};

const settle = async (person: string, { startedMs, upload: id }: Sending): Promise<void> => {
  const upload = await findUpload(id);
  if (upload?.step === 'receiving') return goOn(person, startedMs, upload);
  if (upload?.step === 'bulletin') await forgetRecording(person, startedMs);
  const isOver = upload === undefined || ['bulletin', 'cancelled', 'expired'].includes(upload.step);
  // One that was taken back waits to be sent again, or to be discarded.
  if (isOver) await dropSending(person, startedMs);
};

const settleAll = async (person: string): Promise<void> => {
  const sendings = await keptSendings(person);
  const settling = sendings.map((each) =>
    whenFree(person, each.startedMs, () => settle(person, each)),
  );
  await Promise.all(settling);
};

/** Brings recordings on their way further whenever something is heard of uploads. */
export const useSentRecordings = (heard: readonly UploadView[]): void => {
  const person = useMyId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was heard is the occasion.
  useEffect(() => {
    // Without a server or a place to keep things nothing changes; the next word of uploads tries again.
    settleAll(person).catch(() => undefined);
  }, [person, heard]);
};
