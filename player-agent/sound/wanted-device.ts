import * as z from 'zod';
import type { Logger } from '#runtime/logger.ts';
import type { MpvIpc } from './mpv-ipc.ts';

/** mpv's name for the device that the output takes by itself. */
const ANY_DEVICE = 'auto';

const listSchema = z.array(z.object({ name: z.string() }));

/** The device that the administrator has set, as long as it is there. */
export interface WantedDevice {
  /** Has mpv play there, or where the output plays by itself when the device is not there. */
  choose(ipc: MpvIpc): Promise<void>;
  /** Whether the device was missing when it was last looked for. */
  isMissing(): boolean;
}

/** Looks for the device in mpv's own list; where mpv gives none, it is taken to be there. */
export const createWantedDevice = (device: string | null, log: Logger): WantedDevice => {
  let missing = false;
  return {
    isMissing: () => missing,
    choose: async (ipc) => {
      if (device === null) return;
      const answer = await ipc.command('get_property', 'audio-device-list');
      const names = answer.ok ? listSchema.safeParse(answer.value).data : undefined;
      const isMissing = names !== undefined && !names.some(({ name }) => name === device);
      if (isMissing !== missing) {
        log.warn({ event: isMissing ? 'outputDeviceMissing' : 'outputDeviceBack', device });
      }
      missing = isMissing;
      await ipc.command('set_property', 'audio-device', isMissing ? ANY_DEVICE : device);
    },
  };
};
