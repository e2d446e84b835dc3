import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { issuesToText } from '#schemas/messages/field-words.ts';

const folder = new URL('../../schemas/requests/', import.meta.url);

const fieldsOf = async (file: string): Promise<string[]> => {
  const exported: Record<string, unknown> = await import(new URL(file, folder).href);
  return Object.values(exported).flatMap((schema) =>
    schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
  );
};

test.each(readdirSync(folder))('every field of %s is named in words', async (file) => {
  const fields = await fieldsOf(file);
  const silent = fields.filter((field) => {
    const issues = [{ path: field, issue: 'invalid' }];
    return issuesToText(issues, 'vi') === field || issuesToText(issues, 'vi') === '';
  });
  expect(fields.length).toBeGreaterThan(0);
  expect(silent).toEqual([]);
});
