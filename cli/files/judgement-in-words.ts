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
import { correctionToSentence } from '#schemas/messages/correction-sentence.ts';
import type { Language } from '#schemas/messages/fill-sentence.ts';
import { inBoth } from './in-both.ts';

const DAY_END = 10;
const HOUR_AT = 11;
const MINUTE_END = 16;

/** The judgement with sentences beside its data; wall times are of the zone. */
export const judgementInWords = (
  { verdicts, units, totals, caps, corrections, findings }: FileJudgement,
  zone: string,
): Pick<JudgementFile, 'verdicts' | 'units' | 'totals' | 'caps' | 'corrections' | 'findings'> => {
  const toWall: ToWall = (instantMs) => {
    const iso = instantToIso(instantMs, zone);
    return { day: iso.slice(0, DAY_END), time: iso.slice(HOUR_AT, MINUTE_END) };
  };
  const corrected = corrections.map((one) => ({
    ...one,
    ...inBoth((of) =>
      correctionToSentence(one, of, {
        speaker: one.speaker,
        unit: one.unit,
        found: toWall(one.foundMs).day,
      }),
    ),
  }));
  /** What stands beside a verdict is told with it. */
  const andBeside = (said: string, ids: readonly string[], language: Language): string => {
    const beside = corrected.filter(({ id }) => ids.includes(id));
    return [said, ...beside.map(({ sentences }) => sentences[language])].join(' ');
  };
  return {
    verdicts: verdicts.map((one) => ({
      ...one,
      ...inBoth((of) => andBeside(verdictToSentences(one, of, toWall), one.corrections, of)),
    })),
    units: units.map((one) => ({
      ...one,
      ...inBoth((of) => andBeside(unitVerdictToSentence(one, of), one.corrections, of)),
    })),
    totals: [...totals],
    caps: caps.map((one) => ({ ...one, ...inBoth((of) => capFindingToSentence(one, of)) })),
    corrections: corrected,
    findings: findingsInWords(findings),
  };
};

/** Findings with sentences beside their data. */
export const findingsInWords = (findings: readonly FileFinding[]): JudgementFile['findings'] =>
  findings.map((one) => ({ ...one, ...inBoth((of) => fileFindingToSentence(one, of)) }));
