/** One line of the judge, made wrong. */
export interface Mistake {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** Mistakes that a person could make in a line of `core/airtime`; `right` stands once in the file. */
export const mistakes: readonly Mistake[] = [
  { file: 'runs.ts', right: 'excusedMs(gap) <= maxGapMs', wrong: 'excusedMs(gap) < maxGapMs' },
  { file: 'runs.ts', right: ' - excusedMs(gap) <= maxGapMs', wrong: ' <= maxGapMs' },
  { file: 'runs.ts', right: '  a.boot === b.boot\n', wrong: '  a.boot <= b.boot\n' },
  {
    file: 'occurrences.ts',
    right: 'run.airtimeMs >= neededMsOf(rule)',
    wrong: 'run.airtimeMs > neededMsOf(rule)',
  },
  {
    file: 'occurrences.ts',
    right: 'minutes >= from || minutes < to;',
    wrong: 'minutes >= from && minutes < to;',
  },
  { file: 'sounds.ts', right: '!sound.record.drill && ', wrong: '' },
  { file: 'audible.ts', right: 'record.volume === 0 || ', wrong: '' },
  {
    file: 'dating.ts',
    right: 'record.posMs + offsetMs <= anchorMs',
    wrong: 'record.posMs <= anchorMs',
  },
  {
    file: 'dating.ts',
    right: '    if (index > from && holeBefore) offsetMs = null;\n',
    wrong: '',
  },
  { file: 'contiguity.ts', right: ' && !namesSessionIn(next.line, period)', wrong: '' },
  {
    file: 'contiguity.ts',
    right: 'witnessAt(witnesses, first - 1)?.holes',
    wrong: 'witnessAt(witnesses, first)?.holes',
  },
  {
    file: 'periods.ts',
    right: 'Math.ceil(rule.minOccurrences / ',
    wrong: 'Math.floor(rule.minOccurrences / ',
  },
  { file: 'selection.ts', right: '< spacingMs', wrong: '<= spacingMs' },
  { file: 'shortfall.ts', right: 'Math.ceil((missing', wrong: 'Math.floor((missing' },
  { file: 'cell.ts', right: 'orders.nowMs >= bounds.toMs', wrong: 'orders.nowMs > bounds.toMs' },
];
