import type { ChosenOutput } from './output-device.ts';
import { levelFilter } from './own-level.ts';

/**
 * These spare the scripts that mpv brings along. A mpv without Lua knows none of them, and versions
 * rename them: an unknown option keeps mpv from starting at all.
 */
const withoutOwnScripts = [
  '--ytdl=no',
  '--osc=no',
  '--load-stats-overlay=no',
  '--load-osd-console=no',
  '--load-auto-profiles=no',
];

/**
 * How mpv is started: idle, without picture, terminal, scripts or anybody's configuration; gapless,
 * the next item opened ahead; volume 100 is the clip as it is. `isSparing`: without the scripts of its
 * own, too. Source: PLATFORM.md, sound.
 */
export const mpvArguments = (
  output: ChosenOutput,
  { ipc, isSparing }: { readonly ipc: string; readonly isSparing: boolean },
): string[] => [
  '--idle=yes',
  '--no-config',
  '--no-terminal',
  '--no-video',
  '--audio-display=no',
  '--load-scripts=no',
  ...(isSparing ? withoutOwnScripts : []),
  '--no-resume-playback',
  '--autoload-files=no',
  '--input-default-bindings=no',
  '--input-media-keys=no',
  '--pause=yes',
  '--gapless-audio=yes',
  '--prefetch-playlist=yes',
  '--hr-seek=yes',
  '--replaygain=no',
  '--volume-max=100',
  `--af=${levelFilter}`,
  '--audio-fallback-to-null=no',
  '--audio-client-name=tieng-lang',
  ...(output.ao === null ? [] : [`--ao=${output.ao}`]),
  ...(output.device === null ? [] : [`--audio-device=${output.device}`]),
  ipc,
];
