import { createCheckedClipStore } from '#content/checked-clip-store.ts';
import { createDiskClipStore, openDiskClipStore } from '#content/disk-clip-store.ts';
import { createMovingClipStore } from '#content/moving-clip-store.ts';
import type { ClipStore } from '#content/ports.ts';
import { createS3ClipStore } from '#content/s3-clip-store.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ServerConfig } from './config.ts';

const S3_PREFIX = 'clips/';

type ClipConfig = Pick<ServerConfig, 'clips' | 'previousClipFolder'>;

/**
 * The store of a server's clips as the one process that they belong to uses it: checked while they
 * are read, and with the folder that is being moved, if one is.
 */
export const openClips = async (config: ClipConfig, log: Logger): Promise<ClipStore> => {
  const { clips } = config;
  const store = clips.kind === 'folder' ? await createDiskClipStore(clips.path) : openMain(config);
  const previous = openPrevious(config);
  return createCheckedClipStore(
    previous === undefined ? store : createMovingClipStore(store, previous),
    (sha256) => log.error({ event: 'clipCorrupt', sha256 }),
  );
};

/** The store beside a server that is perhaps running, without the folder that is being moved. */
export const openMain = ({ clips }: ClipConfig): ClipStore =>
  clips.kind === 'folder'
    ? openDiskClipStore(clips.path)
    : createS3ClipStore({ ...clips, prefix: S3_PREFIX });

/** The folder that is being moved; undefined when none is. */
export const openPrevious = ({ previousClipFolder }: ClipConfig): ClipStore | undefined =>
  previousClipFolder === null ? undefined : openDiskClipStore(previousClipFolder);
