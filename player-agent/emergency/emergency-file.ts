import { join } from 'node:path';
import * as z from 'zod';
import {
  type BookedEmergency,
  bookEmergency,
  MAX_BOOKED_EMERGENCIES,
  MAX_OPEN_EMERGENCIES,
  MAX_OPEN_WITH_CANCELS,
  newlyBooked,
} from '#core/playback/emergency-book.ts';
import { sha256 } from '#runtime/signing.ts';
import type { Emergency } from '#schemas/evidence.ts';
import { idSchema, instantMsSchema, sha256Schema } from '#schemas/primitives.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { topicOf } from '#schemas/topics.ts';
import { openMessage } from '../link/open-message.ts';
import { parseJson } from '../log/record-line.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';

const fileSchema = z.object({
  book: z
    .array(
      z.object({
        id: idSchema,
        state: z.enum(['open', 'over', 'cancelled']),
        repeatsDone: z.int().min(0),
        startMs: instantMsSchema.nullable(),
        endedMs: instantMsSchema.nullable(),
        message: sha256Schema.nullable(),
        isTold: z.boolean(),
      }),
    )
    .max(MAX_BOOKED_EMERGENCIES),
  /** The messages of those that are open, as they came. */
  messages: z.record(idSchema, z.string()),
});

/** An emergency that is open: what was signed, and how far it has come. */
export interface OpenEmergency {
  readonly emergency: Emergency;
  readonly entry: BookedEmergency;
}

/** Every emergency that a speaker was sent, kept over restarts. */
export interface EmergencyFile {
  open(): readonly OpenEmergency[];
  entry(id: string): BookedEmergency | undefined;
  /**
   * Takes one whose signature holds; a reason says why it never sounds. It is on disk after the next
   * `save`.
   */
  offer(emergency: Emergency, bytes: Uint8Array): RefusalReason | null;
  put(entry: BookedEmergency): void;
  /** Resolves when everything is on disk, or the disk is full. */
  save(): Promise<void>;
}

type Ports = Pick<AgentPorts, 'disk' | 'folder' | 'logger' | 'grant'>;

/** What was held at the last stop, its signatures checked again; unreadable, it counts as nothing. */
export const openEmergencyFile = async (ports: Ports): Promise<EmergencyFile> => {
  const { disk, logger } = ports;
  const path = join(ports.folder, 'emergencies.json');
  const bytes = await disk.read(path);
  const parsed = fileSchema.safeParse(bytes === undefined ? undefined : parseJson(bytes));
  if (bytes !== undefined && !parsed.success)
    logger.error({ event: 'emergenciesUnreadable', path });
  let book: readonly BookedEmergency[] = parsed.success ? parsed.data.book : [];
  const held = readHeld(parsed.data?.messages ?? {}, ports);
  let isSaved = true;
  const put = (entry: BookedEmergency) => {
    book = bookEmergency(book, entry);
    if (entry.state !== 'open') held.delete(entry.id);
    isSaved = false;
  };
  const comeAgain = (known: BookedEmergency, hash: string): RefusalReason | null => {
    if (known.isTold) return null;
    put({ ...known, message: known.message ?? hash, isTold: true });
    return known.state === 'cancelled' ? 'withdrawn' : 'oldRevision';
  };
  const entryOf = (id: string) => book.find((entry) => entry.id === id);
  return {
    open: () =>
      [...held].flatMap(([id, { emergency }]) => {
        const entry = entryOf(id);
        return entry?.state === 'open' ? [{ emergency, entry }] : [];
      }),
    entry: entryOf,
    offer: (emergency, message) => {
      const known = entryOf(emergency.id);
      const hash = sha256(message);
      if (known?.state === 'open') return known.message === hash ? null : 'oldRevision';
      if (known !== undefined) return comeAgain(known, hash);
      const isCancel = emergency.cancels !== null && emergency.playlist === null;
      if (held.size >= (isCancel ? MAX_OPEN_WITH_CANCELS : MAX_OPEN_EMERGENCIES)) return 'noRoom';
      held.set(emergency.id, { emergency, text: Buffer.from(message).toString('utf8') });
      put(newlyBooked(emergency.id, hash));
      return null;
    },
    put,
    save: async () => {
      if (isSaved) return;
      isSaved = true;
      const messages = Object.fromEntries([...held].map(([id, { text }]) => [id, text]));
      const written = await disk.write(path, JSON.stringify({ book, messages }));
      if (!written.ok) logger.error({ event: 'emergenciesNotWritten', problem: written.problem });
    },
  };
};

interface Held {
  readonly emergency: Emergency;
  readonly text: string;
}

const readHeld = (messages: Readonly<Record<string, string>>, { grant }: Ports) => {
  const held = new Map<string, Held>();
  for (const [id, text] of Object.entries(messages)) {
    const topic = topicOf('emergency', { site: grant.site, emergency: id });
    const opened = openMessage({ topic, payload: Buffer.from(text, 'utf8') }, grant);
    if (opened?.kind === 'emergency') held.set(id, { emergency: opened.emergency, text });
  }
  return held;
};
