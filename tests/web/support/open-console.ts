import type { Browser } from 'playwright-core';
import type { RunningServer } from '#server/main.ts';
import {
  ADMINISTRATOR_PASSWORD,
  type ApiCaller,
  firstAdministrator,
} from '#tests/support/api-caller.ts';
import {
  createServerPlace,
  type ServerPlace,
  type ServerSettings,
} from '#tests/support/running-server.ts';
import { openBrowser } from './browser.ts';
import { builtConsole } from './built-console.ts';
import { type Visitor, visit } from './visitor.ts';

/** The longest that anything on a page may take, also on a machine with other work. */
export const WAIT_MS = 60_000;
/** The longest that several deeds in a row may take, or what is set up before them. */
export const STORY_MS = 180_000;

/** A fresh server with the console as its sources are, and its first administrator. */
export interface RunningConsole {
  readonly place: ServerPlace;
  readonly server: RunningServer;
  readonly administrator: ApiCaller;
  /** What the first administrator types to sign in. */
  readonly credentials: { readonly username: string; readonly password: string };
  /** Ends everything, the last that was begun first. */
  end(): Promise<void>;
}

const standConsole = async (
  stack: AsyncDisposableStack,
  settings: ServerSettings['settings'] = {},
): Promise<Omit<RunningConsole, 'end'>> => {
  await builtConsole();
  const place = await createServerPlace();
  stack.defer(place.remove);
  const server = await place.run({ settings });
  stack.defer(() => server.stop());
  const username = server.firstSignIn?.username ?? '';
  const administrator = await firstAdministrator(server);
  const credentials = { username, password: ADMINISTRATOR_PASSWORD };
  return { place, server, administrator, credentials };
};

/** For a test that opens browsers of its own kind. */
export const runConsole = async (
  settings?: ServerSettings['settings'],
): Promise<RunningConsole> => {
  await using stack = new AsyncDisposableStack();
  const running = await standConsole(stack, settings);
  const kept = stack.move();
  return { ...running, end: () => kept.disposeAsync() };
};

export interface OpenConsole extends RunningConsole {
  readonly browser: Browser;
  /** Somebody in the console at a browser of their own: the first administrator, if nobody is named. */
  arrive(credentials?: RunningConsole['credentials']): Promise<Visitor>;
}

/** One server and one browser for all tests of a file. */
export const openConsole = async (settings?: ServerSettings['settings']): Promise<OpenConsole> => {
  await using stack = new AsyncDisposableStack();
  const running = await standConsole(stack, settings);
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const kept = stack.move();
  return {
    ...running,
    browser,
    arrive: async (credentials = running.credentials) => {
      const visitor = await visit(browser, {
        ...{ url: running.server.url, waitMs: WAIT_MS },
        ...credentials,
      });
      await visitor.page.locator('nav a').first().waitFor({ state: 'attached' });
      return visitor;
    },
    end: () => kept.disposeAsync(),
  };
};
