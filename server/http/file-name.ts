/** What no file system takes in a name, and the marks of hidden files and lists. */
const UNFIT = /[\p{Cc}\p{Cf}\\/:*?"<>|%;]+/gu;
const MAX_NAME_CHARS = 100;

/** The letters of a name without their marks; all else that is not plain is a hyphen. */
const toPlain = (name: string): string =>
  name
    .replaceAll(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/g, '-');

/**
 * The `content-disposition` of a file that is kept under the title of a bulletin: in full for browsers
 * that read it, and in plain letters for others. Source: RFC 6266, 4.3; RFC 8187, 3.2.
 */
export const fileDisposition = (title: string, ending: string): string => {
  const bare = title.normalize('NFC').replaceAll(UNFIT, ' ').replaceAll(/\s+/g, ' ').trim();
  const short = [...bare]
    .slice(0, MAX_NAME_CHARS)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const name = `${short === '' ? 'ban tin' : short}.${ending}`;
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${toPlain(name)}"; filename*=UTF-8''${encoded}`;
};
