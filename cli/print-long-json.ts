import { once } from 'node:events';

const INDENT = '  ';

/**
 * Writes one value to standard output as JSON, the same text as `JSON.stringify` with two spaces, but
 * piece by piece, so that an answer may be longer than the longest string. The lists among its members
 * are written entry by entry.
 */
export const printLongJson = async (value: object): Promise<void> => {
  for (const part of jsonParts(value)) {
    if (!process.stdout.write(part)) await once(process.stdout, 'drain');
  }
};

/** The text of the value in pieces. */
export function* jsonParts(value: object): Generator<string> {
  let before = '{';
  for (const [name, member] of Object.entries(value)) {
    yield `${before}\n${INDENT}${JSON.stringify(name)}: `;
    if (Array.isArray(member) && member.length > 0) yield* listParts(member);
    else yield indented(member, INDENT);
    before = ',';
  }
  yield before === '{' ? '{}\n' : '\n}\n';
}

function* listParts(list: readonly unknown[]): Generator<string> {
  let before = '[';
  for (const entry of list) {
    yield `${before}\n${INDENT}${INDENT}${indented(entry, `${INDENT}${INDENT}`)}`;
    before = ',';
  }
  yield `\n${INDENT}]`;
}

/** Strings hold no line break in JSON: each one begins a line of the layout. */
const indented = (value: unknown, by: string): string =>
  (JSON.stringify(value, null, INDENT.length) ?? 'null').replaceAll('\n', `\n${by}`);
