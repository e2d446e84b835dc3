interface SmallPdf {
  /** Printed one below the other on each page, in the letters of Western Europe. */
  readonly lines?: readonly string[];
  readonly pages?: number;
  /** What stands on each page instead of the lines, deflated. */
  readonly content?: Buffer;
  /** It asks for a password that nobody knows. */
  readonly isLocked?: boolean;
}

const LEADING = 14;

const printed = (lines: readonly string[]): string => {
  const shown = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`);
  return `BT /F1 12 Tf ${LEADING} TL 72 800 Td ${shown.join('\n')} ET`;
};

const stream = (bytes: Buffer, filter = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`<</Length ${bytes.length}${filter}>>stream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);

/** A PDF with pages of text in a font that every reader has. */
export const smallPdf = ({
  lines = [],
  pages = 1,
  content,
  isLocked = false,
}: SmallPdf): Buffer => {
  const FIRST_PAGE = 5;
  const kids = Array.from({ length: pages }, (_, page) => `${FIRST_PAGE + page} 0 R`);
  const resources = '/Resources<</Font<</F1 4 0 R>>>>/MediaBox[0 0 595 842]';
  const objects: (string | Buffer)[] = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${pages}${resources}>>`,
    content === undefined
      ? stream(Buffer.from(printed(lines), 'latin1'))
      : stream(content, '/Filter/FlateDecode'),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...kids.map(() => '<</Type/Page/Parent 2 0 R/Contents 3 0 R>>'),
  ];
  const parts = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  let at = parts[0]?.length ?? 0;
  objects.forEach((object, index) => {
    places.push(at);
    const whole = [`${index + 1} 0 obj\n`, object, '\nendobj\n'].map((part) => Buffer.from(part));
    parts.push(...whole);
    at += whole.reduce((sum, { length }) => sum + length, 0);
  });
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  const nobody = '00'.repeat(32);
  const lock = `/Encrypt<</Filter/Standard/V 1/R 2/O<${nobody}>/U<${nobody}>/P -4>>/ID[<00><00>]`;
  const trailer = `trailer<</Size ${size}/Root 1 0 R${isLocked ? lock : ''}>>`;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`;
  return Buffer.concat([...parts, Buffer.from(`${table}${trailer}\nstartxref\n${at}\n%%EOF\n`)]);
};
