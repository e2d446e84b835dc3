import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { ingestSteps, type Upload, type UploadStep } from '#schemas/entities/upload.ts';
import type { Result } from '#schemas/result.ts';
import type { Work } from '../ports/store.ts';
import type { KeepPorts } from './keep-bulletin.ts';

/** Runs `call`, and says so when it has succeeded. */
const watch =
  <A extends readonly unknown[], R extends Result<unknown, unknown>>(
    call: (...given: A) => Promise<R>,
    onSuccess: () => Promise<void>,
  ) =>
  async (...given: A): Promise<R> => {
    const done = await call(...given);
    if (done.ok) await onSuccess();
    return done;
  };

/** How far an upload has come on its way to a bulletin. */
export interface UploadProgress {
  /** It begins, or begins anew after the server was killed. */
  begin(): Promise<void>;
  /** Its bytes have been read, and this is their SHA-256. */
  hashed(source: string): Promise<void>;
  /** The ports that make the clip: what they do is remembered and told as a step. */
  readonly watched: KeepPorts;
  /** What is written together with the bulletin, so that it is made once. */
  finish(bulletin: Bulletin): Required<Pick<Work, 'changes' | 'guards'>>;
}

/** Remembers each step of an upload; whoever took it back meanwhile is not overruled. */
export const createUploadProgress = (ports: KeepPorts, upload: Upload): UploadProgress => {
  const { id } = upload;
  const { audio, clips, store, clock, log } = ports;
  let now = upload;
  const next = (changes: Partial<Upload>): Upload => ({
    ...now,
    ...changes,
    changedMs: Math.floor(clock.wallMs()),
  });
  const change = async (value: Upload): Promise<void> => {
    const done = await store.commit({
      guards: [{ kind: 'uploadStep', id, steps: ingestSteps }],
      changes: [{ do: 'put', what: 'upload', value }],
    });
    if (done.ok) now = value;
    log.info({ event: 'uploadStep', upload: id, step: value.step, told: done.ok });
  };
  /** One after the other: a step that is reached once more says nothing new. */
  const reach = async (step: UploadStep, source = now.source): Promise<void> => {
    const steps: readonly UploadStep[] = ingestSteps;
    if (steps.indexOf(step) === steps.indexOf(now.step) + 1) await change(next({ step, source }));
  };
  return {
    begin: async () => {
      if (now.step !== 'received') await change(next({ step: 'received', source: null }));
    },
    hashed: (source) => reach('hashed', source),
    watched: {
      ...ports,
      audio: {
        ...audio,
        probe: watch(audio.probe, () => reach('probed')),
        verify: watch(audio.verify, () => reach('measured')),
        makeAirable: watch(audio.makeAirable, () => reach('airable')),
      },
      clips: { ...clips, put: watch(clips.put, () => reach('stored')) },
    },
    finish: (bulletin) => ({
      guards: [{ kind: 'uploadStep', id, steps: ingestSteps }],
      changes: [
        { do: 'put', what: 'upload', value: next({ step: 'bulletin', bulletin: bulletin.id }) },
      ],
    }),
  };
};
