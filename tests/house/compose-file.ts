import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { root } from './planted-tree.ts';

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  restart: z.string(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.union([
    z.object({ disable: z.literal(true) }),
    z.object({
      test: z.array(z.string()).min(2),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
    }),
  ]),
});

const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

type ComposeFile = z.infer<typeof composeSchema>;

/** `docker-compose.yml`, with anchors and merges resolved and variables as they stand. */
export const readComposeFile = (): ComposeFile =>
  composeSchema.parse(
    parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }),
  );

const variablePattern = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

/** Every variable that the text refers to, with what stands behind its name: `?`, `-` or nothing. */
export const variablesIn = (text: string): { readonly name: string; readonly mark: string }[] =>
  [...text.matchAll(variablePattern)].map(([, name = '', mark = '']) => ({ name, mark }));

const fallbackPattern = /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g;

/** The text as compose would see it with these values. */
export const interpolate = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(
    fallbackPattern,
    (_whole, name: string, fallback = '') => values[name] ?? fallback,
  );
