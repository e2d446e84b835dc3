/** Why nothing can be recorded here. */
export type MicrophoneRefusal = 'insecure' | 'unsupported' | 'denied' | 'none' | 'busy';

export type Microphone =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly refusal: MicrophoneRefusal };

/** The sound as it is: what browsers do for calls takes the ends off words in a quiet room. */
const PLAIN_SOUND: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

const refusalByName: Readonly<Record<string, MicrophoneRefusal>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
};

/** Why asking would be in vain; null when a person may be asked. */
export const refusalBeforeAsking = (): MicrophoneRefusal | null => {
  // Without a secure context there is no microphone. Source: docs/adr/0010.
  if (!window.isSecureContext) return 'insecure';
  const isThere = 'mediaDevices' in navigator && 'MediaRecorder' in window;
  return isThere ? null : 'unsupported';
};

/** Asks the person, by the browser, for the microphone. */
export const askForMicrophone = async (): Promise<Microphone> => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: PLAIN_SOUND });
    return { ok: true, stream };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // Whatever else happens to a device: something holds it, or it failed.
    return { ok: false, refusal: refusalByName[error.name] ?? 'busy' };
  }
};

/** Lets the microphone go; the browser's sign of it goes out. */
export const releaseMicrophone = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};
