import type { FileJudgement } from '#core/airtime/judge-files.ts';
import { instantToIso } from '#runtime/day-table.ts';
import type { FileFinding, JudgementFile } from '#schemas/files/answers.ts';
import {
  capFindingToSentence,
  fileFindingToSentence,
  type ToWall,
  unitVerdictToSentence,
  verdictToSentences,
} from '#schemas/messages/airtime-sentences.ts';
import { inBoth } from './in-both.ts';

const DAY_END = 10;
const HOUR_AT = 11;
const MINUTE_END = 16;

/** The judgement with sentences beside its data; wall times are of the zone. */
export const judgementInWords = (
  { verdicts, units, totals, caps, findings }: FileJudgement,
  zone: string,
): Pick<JudgementFile, 'verdicts' | 'units' | 'totals' | 'caps' | 'findings'> => {
  const toWall: ToWall = (instantMs) => {
    const iso = instantToIso(instantMs, zone);
    return { day: iso.slice(0, DAY_END), time: iso.slice(HOUR_AT, MINUTE_END) };
  };
  return {
    verdicts: verdicts.map((one) => ({
      ...one,
      ...inBoth((language) => verdictToSentences(one, language, toWall)),
    })),
    units: units.map((one) => ({ ...one, ...inBoth((of) => unitVerdictToSentence(one, of)) })),
    totals: [...totals],
    caps: caps.map((one) => ({ ...one, ...inBoth((of) => capFindingToSentence(one, of)) })),
    findings: findingsInWords(findings),
  };
};

/** Findings with sentences beside their data. */
export const findingsInWords = (findings: readonly FileFinding[]): JudgementFile['findings'] =>
  findings.map((one) => ({ ...one, ...inBoth((of) => fileFindingToSentence(one, of)) }));
