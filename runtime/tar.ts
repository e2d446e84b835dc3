/** Everything in a tar file stands in blocks of this many bytes. Source: POSIX.1-1988, ustar. */
export const TAR_BLOCK_BYTES = 512;

/** Where the fields of a header stand, and how long they are. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;
const REGULAR_FILE = '0';
const CHECKSUM_BLANK = ' '.repeat(fields.checksum[1]);

/** How many zeros stand behind a member of this length. */
export const tarPadding = (bytes: number): number =>
  (TAR_BLOCK_BYTES - (bytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES;

/** How long a member is with its header and padding. */
export const tarMemberBytes = (bytes: number): number =>
  TAR_BLOCK_BYTES + bytes + tarPadding(bytes);

/** The two blocks of zeros that end a tar file. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * TAR_BLOCK_BYTES);

const octal = (value: number, length: number): string =>
  `${value.toString(8).padStart(length - 1, '0')}\0`;

/** The header of a regular file; `name` is ASCII of at most 100 bytes, `bytes` below 8 GiB. */
export const tarHeader = (name: string, bytes: number, modifiedMs: number): Uint8Array => {
  const header = Buffer.alloc(TAR_BLOCK_BYTES);
  const put = (field: keyof typeof fields, text: string) =>
    header.write(text, fields[field][0], fields[field][1], 'latin1');
  put('name', name);
  put('mode', octal(0o644, fields.mode[1]));
  put('uid', octal(0, fields.uid[1]));
  put('gid', octal(0, fields.gid[1]));
  put('size', octal(bytes, fields.size[1]));
  put('mtime', octal(Math.floor(modifiedMs / 1_000), fields.mtime[1]));
  put('type', REGULAR_FILE);
  put('magic', 'ustar\u000000');
  put('checksum', CHECKSUM_BLANK);
  put('checksum', `${octal(sumOf(header), fields.checksum[1] - 1)} `);
  return header;
};

const sumOf = (header: Uint8Array): number => header.reduce((sum, byte) => sum + byte, 0);

const textAt = (header: Buffer, [from, length]: readonly [number, number]): string =>
  header.toString('latin1', from, from + length).replace(/[\0 ].*$/s, '');

/** The regular file that a header stands for; undefined for anything else and when it is damaged. */
export const readTarHeader = (
  block: Uint8Array,
): { readonly name: string; readonly bytes: number } | undefined => {
  if (block.length !== TAR_BLOCK_BYTES) return undefined;
  const header = Buffer.from(block);
  const checksum = Number.parseInt(textAt(header, fields.checksum), 8);
  const size = textAt(header, fields.size);
  const type = header.toString('latin1', fields.type[0], fields.type[0] + 1);
  header.write(CHECKSUM_BLANK, fields.checksum[0], 'latin1');
  if (checksum !== sumOf(header) || type !== REGULAR_FILE || !/^[0-7]{1,11}$/.test(size)) {
    return undefined;
  }
  return { name: textAt(header, fields.name), bytes: Number.parseInt(size, 8) };
};
