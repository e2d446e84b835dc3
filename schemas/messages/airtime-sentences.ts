import type { FileFinding } from '../files/answers.ts';
import type { LocalDay, LocalTime } from '../primitives.ts';
import type { EndReason, RefusalReason } from '../records/reasons.ts';
import type { CapFinding, SessionEvidence, Shortfall, UnitVerdict, Verdict } from '../verdict.ts';
import en from './en/airtime.json' with { type: 'json' };
import { durationToText, factToText } from './fact-words.ts';
import { type Catalogue, fillSentence, type Language } from './fill-sentence.ts';
import vi from './vi/airtime.json' with { type: 'json' };

const catalogues: Readonly<Record<Language, Catalogue>> = { vi, en };

const MINUTE_S = 60;
const COUNTED: readonly CapFinding['code'][] = ['maxSessionsPerDay', 'maxDaysPerWeek'];

const say = (language: Language, key: string, facts: Readonly<Record<string, unknown>> = {}) =>
  fillSentence(catalogues[language][key] ?? key, facts);

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** What the log gives as the reason of a session or of an item. */
export const causeToText = (cause: EndReason | RefusalReason, language: Language): string =>
  say(language, `cause.${cause}`);

/** What is missing, as inspectors write it: "còn thiếu 05 phút 50 giây". */
export const shortfallToText = ({ occurrences, seconds }: Shortfall, language: Language): string =>
  seconds === 0
    ? say(language, 'shortfallTimes', { occurrences })
    : say(language, 'shortfall', {
        minutes: twoDigits(Math.floor(seconds / MINUTE_S)),
        seconds: twoDigits(seconds % MINUTE_S),
      });

/** What a verdict says for a person, without its sessions. Source: AIRTIME.md, 4. */
export const verdictToSentence = (verdict: Verdict, language: Language): string => {
  const { has, owed, late, unknown, shortfall } = verdict;
  return say(language, `verdict.${verdict.verdict}${late ? 'Late' : ''}`, {
    has,
    owed,
    unknown: unknown === null ? '' : say(language, `unknown.${unknown}`),
    shortfall: shortfallToText(shortfall, language),
  });
};

/** The local day and the wall time of an instant. */
export type ToWall = (instantMs: number) => { readonly day: LocalDay; readonly time: LocalTime };

/**
 * The same, and why each session that was not counted was not: sessions are called by their time, and
 * by their day where the period has several. Source: AIRTIME.md, 4.
 */
export const verdictToSentences = (
  verdict: Verdict,
  language: Language,
  toWall: ToWall,
): string => {
  const { period, sessions } = verdict;
  const toTime = (instantMs: number): string => {
    const wall = toWall(instantMs);
    return period.from === period.to ? wall.time : say(language, 'timeOfDay', wall);
  };
  const reasons = sessions.flatMap((session) => whyNot(session, language, toTime));
  return [verdictToSentence(verdict, language), ...reasons].join(' ');
};

const whyNot = (
  { plannedMs, reason, cause }: SessionEvidence,
  language: Language,
  toTime: (instantMs: number) => string,
): readonly string[] => {
  if (reason === null) return [];
  const facts = { time: toTime(plannedMs), reason: say(language, `reason.${reason}`) };
  if (cause === null) return [say(language, 'session', facts)];
  return [say(language, 'sessionBecause', { ...facts, cause: causeToText(cause, language) })];
};

/** The verdict of a unit for a person. */
export const unitVerdictToSentence = (unit: UnitVerdict, language: Language): string => {
  const { verdict, met, judged, required, shortfall } = unit;
  if (verdict === 'noSpeaker') return say(language, 'unit.noSpeaker');
  return say(language, shortfall.occurrences === 0 ? 'unit' : 'unitShort', {
    verdict: factToText('verdict', verdict, language),
    met,
    judged,
    required,
    shortfall: shortfallToText(shortfall, language),
  });
};

/** The breach of a cap for a person: numbers of sessions or days, or lengths of sound. */
export const capFindingToSentence = (finding: CapFinding, language: Language): string => {
  const { code, day, found, allowed } = finding;
  const amount = (value: number) =>
    COUNTED.includes(code) ? value : durationToText(value, language);
  return say(language, 'cap', {
    day,
    code: factToText('verdict', code, language),
    found: amount(found),
    allowed: amount(allowed),
  });
};

/** What was wrong with a line of a log, and what follows from it. */
export const fileFindingToSentence = ({ code }: Pick<FileFinding, 'code'>, language: Language) =>
  say(language, `finding.${code}`);
