/** Text, the ends of lines and paragraphs, and what was deleted and only stands there still. */
const PIECES = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab|br|cr)(?: [^>]*)?\/>|<\/w:(p|tc)>/g;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const ENTITY = /&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/g;
const MAX_POINT = 0x10ffff;

const fromEntity = (_all: string, name: string): string => {
  if (!name.startsWith('#')) return NAMED[name] ?? '';
  const point = Number(name.replace('#x', '0x').replace('#', ''));
  return point > 0 && point <= MAX_POINT ? String.fromCodePoint(point) : '';
};

/**
 * What can be read in the main document of a Word file (`word/document.xml`): a line for each
 * paragraph. Deleted text, notes and headers are left out.
 */
export const documentXmlToText = (xml: string): string => {
  let text = '';
  for (const [, written, blank, end] of xml.matchAll(PIECES)) {
    if (written !== undefined) text += written.replace(ENTITY, fromEntity);
    else if (end === undefined) text += blank === 'tab' ? ' ' : '\n';
    else text += end === 'p' ? '\n' : ' ';
  }
  return text.replace(/\n{3,}/g, '\n\n').trim();
};
