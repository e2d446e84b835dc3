const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The beginning of a text file without the mark that some editors put there: it is no part of the
 * text. Source: RFC 8259, 8.1.
 */
export const withoutByteOrderMark = (text: string): string =>
  text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
