/** What canonical JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * The one text of a value: members sorted by UTF-16 code units, no white space, members that are
 * undefined left out. Equal values have equal texts, so a document can be named by its hash.
 * Numbers that are not finite are a bug and throw. Source: RFC 8785.
 */
export const canonicalJson = (value: JsonValue): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') return canonicalObject(value as JsonObject);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not finite');
  return JSON.stringify(value);
};

type JsonObject = { readonly [key: string]: JsonValue | undefined };

const canonicalObject = (object: JsonObject): string => {
  const members: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(value)}`);
  }
  return `{${members.join(',')}}`;
};
