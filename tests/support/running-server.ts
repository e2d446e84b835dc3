import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '#runtime/logger.ts';
import { configureServer, type RunningServer, startServer } from '#server/main.ts';
import type { Surroundings } from '#server/surroundings.ts';
import { type SmallText, writeSmallPack } from './small-pack.ts';

export interface ServerSettings {
  /** Settings as they stand in the environment, without their prefix. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly given?: Partial<Surroundings>;
  readonly texts?: readonly SmallText[];
}

/** A place where servers can be started one after the other on the same data. */
export interface ServerPlace {
  readonly folder: string;
  readonly dataFolder: string;
  /** What a process finds in its environment to be a server at this place. */
  environment(settings?: ServerSettings['settings']): Record<string, string>;
  /** Starts a server on any free ports. */
  start(more?: ServerSettings): ReturnType<typeof startServer>;
  /** As `start`; throws when the server refuses. */
  run(more?: ServerSettings): Promise<RunningServer>;
  remove(): Promise<void>;
}

const quiet = createLogger('test', 'silent');

/** A fresh place with a small starter pack. */
export const createServerPlace = async (texts: readonly SmallText[] = []): Promise<ServerPlace> => {
  const folder = await mkdtemp(join(tmpdir(), 'tieng-lang-server-'));
  const packFolder = join(folder, 'pack');
  const dataFolder = join(folder, 'data');
  await writeSmallPack(packFolder, texts);
  const environment: ServerPlace['environment'] = (settings = {}) => ({
    TIENG_LANG_DATA_FOLDER: dataFolder,
    TIENG_LANG_STARTER_FOLDER: packFolder,
    TIENG_LANG_HTTP_PORT: '0',
    TIENG_LANG_MQTT_PORT: '0',
    TIENG_LANG_MQTT_TLS_PORT: '0',
    TIENG_LANG_FOUR_EYES: 'false',
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`TIENG_LANG_${name}`, value]),
    ),
  });
  const start: ServerPlace['start'] = async ({ settings, given = {} } = {}) => {
    const config = await configureServer(environment(settings), folder);
    return config.ok ? startServer(config.value, { log: quiet, ...given }) : config;
  };
  return {
    folder,
    dataFolder,
    environment,
    start,
    run: async (more) => {
      const started = await start(more);
      if (!started.ok) throw new Error(JSON.stringify(started.problem));
      return started.value;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
