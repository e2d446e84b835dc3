import * as z from 'zod';
import en from './en/fields.json' with { type: 'json' };
import type { Catalogue, Language } from './fill-sentence.ts';
import vi from './vi/fields.json' with { type: 'json' };

const fields: Readonly<Record<Language, Catalogue>> = { vi, en };

const issuesSchema = z.array(z.object({ path: z.string() }));

/**
 * The fields of a request in which mistakes were found, each once, as its form names them. A field
 * without words stands by its own name; a mistake of no field is one of the request as a whole.
 */
export const issuesToText = (issues: unknown, language: Language): string => {
  const parsed = issuesSchema.safeParse(issues);
  const names = (parsed.success ? parsed.data : []).map(({ path }) => path.split('.')[0] ?? '');
  return fieldsToText(names, language);
};

/** Fields of a request, each once, as its form names them. */
export const fieldsToText = (names: unknown, language: Language): string => {
  const parsed = z.array(z.string()).safeParse(names);
  const words = (parsed.data ?? []).map(
    (name) => fields[language][name === '' ? 'request' : name] ?? name,
  );
  return [...new Set(words)].join(', ');
};
