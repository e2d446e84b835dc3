import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { root } from './planted-tree.ts';

const folder = join(root, 'schemas/messages');
const catalogueSchema = z.record(z.string(), z.string());
const read = (language: string, file: string): z.infer<typeof catalogueSchema> =>
  catalogueSchema.parse(JSON.parse(readFileSync(join(folder, language, file), 'utf8')));
const factsIn = (sentence: string): readonly string[] =>
  // What a fact counts, as {days|day|days}, is a matter of each language.
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

const files = readdirSync(join(folder, 'vi')).sort();

test('every catalogue is there in Vietnamese and in English', () => {
  expect(files.length).toBeGreaterThan(2);
  expect(readdirSync(join(folder, 'en')).sort()).toEqual(files);
});

describe.each(files)('%s', (file) => {
  const vi = read('vi', file);
  const en = read('en', file);

  test('has the same keys in both languages', () => {
    expect(Object.keys(vi).sort()).toEqual(Object.keys(en).sort());
  });

  test('tells the same facts in both languages', () => {
    const facts = (catalogue: typeof vi) =>
      Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, factsIn(text)]));
    expect(facts(vi)).toEqual(facts(en));
  });

  test('says something under every key, in NFC', () => {
    for (const text of [...Object.values(vi), ...Object.values(en)]) {
      expect(text.trim()).not.toBe('');
      expect(text).toBe(text.normalize('NFC'));
    }
  });
});
