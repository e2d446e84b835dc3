import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--mute-audio',
  '--autoplay-policy=no-user-gesture-required',
];

/** What else it is started with, on the command line and in its environment. */
interface BrowserOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Debian's Chromium without a window; it speaks to nobody but the page. */
export const openBrowser = ({ args = [], env = {} }: BrowserOptions = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [...ARGUMENTS, ...args],
    env: { ...process.env, ...env },
  });

/** An old office PC, and a telephone. */
export const sizes = {
  pc: { width: 1366, height: 768 },
  telephone: { width: 390, height: 844 },
} as const;
export type SizeName = keyof typeof sizes;

/** An office PC on which nothing is still moving when it is looked at. */
export const quiet = { viewport: sizes.pc, reducedMotion: 'reduce' } as const;
