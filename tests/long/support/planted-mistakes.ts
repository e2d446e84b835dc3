/** One line of the judge, made wrong. */
export interface Mistake {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** Mistakes that a person could make in a line of `core/airtime`; `right` stands once in the file. */
export const mistakes: readonly Mistake[] = [
  {
    file: 'runs.ts',
    right: 'inBootMs(boot, gap) <= maxGapMs',
    wrong: 'inBootMs(boot, gap) < maxGapMs',
  },
  { file: 'runs.ts', right: 'byWallMs(gap) <= maxGapMs', wrong: 'byWallMs(gap) < maxGapMs' },
  { file: 'gaps.ts', right: ' - byWall(gap)', wrong: '' },
  { file: 'gaps.ts', right: ' - (byBoot.get(boot)?.(gap) ?? 0)', wrong: '' },
  { file: 'boot-stretches.ts', right: 'open?.boot === boot', wrong: 'open !== undefined' },
  {
    file: 'boot-stretches.ts',
    right: 'Math.max(open.wallToMs, toMs + offsetMs)',
    wrong: 'toMs + offsetMs',
  },
  {
    file: 'boot-stretches.ts',
    right: 'Math.min(open.wallFromMs, fromMs + offsetMs)',
    wrong: 'open.wallFromMs',
  },
  { file: 'join-boots.ts', right: 'Math.min(least, wallFromMs)', wrong: 'wallFromMs' },
  { file: 'join-boots.ts', right: 'open.splice(from + 1)', wrong: 'open.splice(-1)' },
  { file: 'join-boots.ts', right: 'Math.max(wallToMs, group.wallToMs)', wrong: 'group.wallToMs' },
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
  {
    file: 'contiguity.ts',
    right: ' && !isOf(period, sessionNamedBy(next.line.record))',
    wrong: '',
  },
  {
    file: 'contiguity.ts',
    right: 'witnessAt(witnesses, from - 1)?.holes',
    wrong: 'witnessAt(witnesses, from)?.holes',
  },
  {
    file: 'contiguity.ts',
    right: '    { from: passed, end: endWitness(witnesses, passed, period) },\n',
    wrong: '',
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
