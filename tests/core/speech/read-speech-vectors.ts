import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const folder = join(import.meta.dirname, '../../vectors/speech');
const casesSchema = z.array(
  z.strictObject({ input: z.string(), spoken: z.string(), why: z.string().optional() }),
);

/** Every case of how something written is said, with the file that it stands in. */
export const readSpeechVectors = () =>
  readdirSync(folder)
    .sort()
    .flatMap((file) =>
      casesSchema
        .parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
        .map((found) => ({ ...found, file })),
    );
