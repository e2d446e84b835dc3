import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { parseJson } from '#core/open-record.ts';
import { withoutByteOrderMark } from '#runtime/byte-order-mark.ts';
import { isUnreadable } from '#runtime/unreadable.ts';
import type { Problem } from '#schemas/problem.ts';

/** Where the files of one call are read, and all their mistakes gathered. */
export interface FileDesk {
  /** The file's value; undefined when it has none, and the mistakes are noted. */
  read<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T> | undefined>;
  note(file: string, issues: readonly { readonly path: string; readonly issue: string }[]): void;
  /** Every mistake so far as one problem; undefined when there is none. */
  problem(): Problem | undefined;
}

/** A desk without files. */
export const createFileDesk = (): FileDesk => {
  const issues: { file: string; path: string; issue: string }[] = [];
  const note: FileDesk['note'] = (file, found) => {
    issues.push(...found.map(({ path, issue }) => ({ file, path, issue })));
  };
  return {
    note,
    read: async (path, schema) => {
      const text = await readText(path);
      const value = text === undefined ? undefined : parseJson(text);
      if (value === undefined) {
        note(path, [{ path: '', issue: text === undefined ? 'unreadable' : 'noJson' }]);
        return undefined;
      }
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      note(
        path,
        parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), issue: issue.message })),
      );
      return undefined;
    },
    problem: () => (issues.length === 0 ? undefined : { code: 'filesInvalid', issues }),
  };
};

const readText = async (path: string): Promise<string | undefined> => {
  try {
    return withoutByteOrderMark(await readFile(path, 'utf8'));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return undefined;
  }
};
