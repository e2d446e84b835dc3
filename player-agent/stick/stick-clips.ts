import { memberNames } from '#schemas/bundle.ts';
import type { FetchUrl } from '../ports/agent-ports.ts';
import type { Stick, StickFile, StickReader } from '../ports/stick.ts';
import type { OpenBundle, PlacedMember } from './open-bundle.ts';

const READ_BYTES = 262_144;
const OK = 200;
const PARTIAL_CONTENT = 206;

/** A bundle that may be read from, and the file in which it lies. */
export interface HeldBundle extends OpenBundle {
  readonly file: StickFile;
}

/** Clips of the sticks that are plugged in, given out as the clip server gives them. */
export interface StickClips {
  /** The bundles that are there now; those that were there before go on where they were. */
  hold(bundles: readonly HeldBundle[]): void;
  /** Whether a stick still has this clip to give. */
  has(sha256: string): boolean;
  /** Gives a clip from a stick, each once, and what no stick has from the network. */
  readonly fetchUrl: FetchUrl;
}

/**
 * Clips over HTTP, with sticks in front of it: a clip that comes from a stick goes the same way, with
 * the same checks. What a stick gave and was wrong, or broke off, is asked of the network.
 */
export const createStickClips = (stick: Stick, network: FetchUrl): StickClips => {
  let held: readonly HeldBundle[] = [];
  const given = new Set<string>();
  const keyOf = ({ file }: HeldBundle, sha256: string) => `${file.path} ${file.mark} ${sha256}`;
  const find = (sha256: string) => {
    for (const bundle of held) {
      const member = bundle.members.get(memberNames.clip(sha256));
      const key = keyOf(bundle, sha256);
      if (member !== undefined && !given.has(key)) return { file: bundle.file, member, key };
    }
    return undefined;
  };
  return {
    hold: (bundles) => {
      held = bundles;
      const marks = bundles.map(({ file }) => `${file.path} ${file.mark} `);
      for (const key of given) if (!marks.some((mark) => key.startsWith(mark))) given.delete(key);
    },
    has: (sha256) => find(sha256) !== undefined,
    fetchUrl: async (url, init) => {
      const found = find(url.slice(url.lastIndexOf('/') + 1));
      const { range } = init.headers;
      const fromByte = range === undefined ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
      if (found === undefined || fromByte >= found.member.bytes) return network(url, init);
      const reader = await stick.open(found.file);
      if (reader === undefined) return network(url, init);
      const body = memberStream(reader, found.member, {
        fromByte,
        signal: init.signal,
        onEnd: () => void given.add(found.key),
      });
      return new Response(body, { status: range === undefined ? OK : PARTIAL_CONTENT });
    },
  };
};

interface Reading {
  readonly fromByte: number;
  readonly signal: AbortSignal;
  /** It was given to its end, or the stick did not give more. */
  readonly onEnd: () => void;
}

const memberStream = (
  reader: StickReader,
  { offset, bytes }: PlacedMember,
  { fromByte, signal, onEnd }: Reading,
): ReadableStream<Uint8Array> => {
  let at = fromByte;
  let isOver = false;
  const end = async () => {
    if (isOver) return;
    isOver = true;
    onEnd();
    await reader.close();
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) =>
      signal.addEventListener('abort', () => {
        if (!isOver) controller.error(new Error('given up'));
        void end();
      }),
    pull: async (controller) => {
      const part = await reader.read(offset + at, Math.min(READ_BYTES, bytes - at));
      if (isOver) return;
      at += part?.length ?? 0;
      const isLast = part === undefined || at >= bytes;
      if (isLast) await end();
      if (part === undefined) return controller.error(new Error('stick gone'));
      controller.enqueue(part);
      if (isLast) controller.close();
    },
    cancel: end,
  });
};
