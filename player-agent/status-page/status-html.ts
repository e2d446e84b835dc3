import en from '#schemas/messages/en/box.json' with { type: 'json' };
import enReasons from '#schemas/messages/en/cli.json' with { type: 'json' };
import { type Catalogue, fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/box.json' with { type: 'json' };
import viReasons from '#schemas/messages/vi/cli.json' with { type: 'json' };
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { StatusFacts } from './status-facts.ts';

type Key = keyof typeof vi;
/** What was just done, in the address of the page that says so. */
export const dids = [
  ...(['timeSet', 'timeKept', 'timeWrong'] as const),
  ...(['toneSounds', 'toneBusy', 'toneForbidden', 'toneNotReady'] as const),
  ...(['drillSounds', 'drillBusy', 'drillForbidden', 'drillNotReady'] as const),
] as const;
export type Did = (typeof dids)[number];

const catalogues: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { vi, en };
const reasons: Readonly<Record<Language, Catalogue>> = { vi: viReasons, en: enReasons };
const BYTES_PER_GB = 1_000_000_000;
const MS_PER_S = 1_000;
const SHOWN_HASH_CHARS = 12;

const markup: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => markup[one] ?? one);

interface Words {
  readonly language: Language;
  readonly say: (key: Key, facts?: Readonly<Record<string, unknown>>) => string;
  readonly when: (instantMs: number) => string;
  readonly figure: (value: number) => string;
}

const wordsOf = (language: Language, zone: string): Words => {
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  const times = new Intl.DateTimeFormat(locale, {
    ...{ timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' },
  });
  return {
    language,
    say: (key, facts = {}) => escaped(fillSentence(catalogues[language][key], facts)),
    when: (instantMs) => times.format(instantMs),
    figure: (value) => value.toLocaleString(locale, { maximumFractionDigits: 1 }),
  };
};

const clockText = ({ say, when, figure }: Words, { clock }: StatusFacts['health']): string => {
  const { source, wallMs, uncertaintyMs } = clock;
  if (source === 'none' || wallMs === null || uncertaintyMs === null) return say('clockNone');
  const keys = { server: 'clockServer', ntp: 'clockNtp', manual: 'clockManual' } as const;
  return say(keys[source], { when: when(wallMs), seconds: figure(uncertaintyMs / MS_PER_S) });
};

const playingText = ({ say, when }: Words, { playing }: StatusFacts['health']): string => {
  if (playing === null) return say('nothing');
  // A session's id holds its start.
  const session = when(Number(/\d+/.exec(playing.session)?.[0] ?? 0));
  return say(playing.drill ? 'playingDrill' : 'playingYes', { session });
};

const missingLines = ({ say }: Words, { preflight }: StatusFacts['health']): string[] => {
  if (preflight === null || preflight === undefined) return [];
  const { unplannedDays, missingPlaylists, missingClips } = preflight;
  const ofDays = (key: 'daysUnplanned' | 'playlistsMissing', days: readonly string[]) =>
    days[0] === undefined ? [] : [say(key, { count: days.length, day: days[0] })];
  return [
    ...ofDays('daysUnplanned', unplannedDays),
    ...ofDays('playlistsMissing', missingPlaylists),
    ...missingClips.map(({ sha256, day }) =>
      say('clipMissing', { hash: sha256.slice(0, SHOWN_HASH_CHARS), day }),
    ),
  ];
};

const outputLines = ({ say }: Words, { output, isSilent }: StatusFacts['health']): string[] => [
  output.driver === 'null' ? say('outputNull') : escaped(output.device ?? output.driver),
  ...(output.isFallback ? [say('outputFallback')] : []),
  ...(isSilent ? [say('outputSilent')] : []),
];

const rows = (words: Words, facts: StatusFacts): readonly (readonly [Key, readonly string[]])[] => {
  const { say, when, figure } = words;
  const { health, volume, nextMs } = facts;
  const { cache, disk, lostRecords: lost } = health;
  const free = figure(disk.freeBytes / BYTES_PER_GB);
  const total = figure(disk.totalBytes / BYTES_PER_GB);
  const clips = say('clipsAre', { present: cache.presentClips, needed: cache.neededClips });
  return [
    ['connection', [say(facts.connected ? 'connected' : 'disconnected')]],
    ['clock', [clockText(words, health)]],
    ['playing', [playingText(words, health)]],
    ['next', [nextMs === null ? say('nextNone') : when(nextMs)]],
    ['volume', [volume === null ? say('unknown') : say('volumeIs', volume)]],
    ['output', outputLines(words, health)],
    ['clips', [clips, ...missingLines(words, health)]],
    ['disk', [say('diskIs', { free, total })]],
    ['log', [say(facts.logHolds ? 'logHolds' : 'logBroken', { seq: health.logSeq })]],
    ...(lost ? ([['lost', [say('lostAre', lost)]]] as const) : []),
  ];
};

const recordText = ({ say, language }: Words, record: LogRecord): string => {
  if (record.kind === 'clock') return say('clockSet');
  if (record.kind === 'ended') return say('ended', { outcome: say(record.outcome) });
  if (record.kind !== 'refused') return say(record.kind);
  return say('refused', { reason: reasons[language][`reason.${record.reason}`] ?? record.reason });
};

const recordRow = (words: Words, record: LogRecord): string => {
  const { offsetMs } = record.clock;
  const when = offsetMs === null ? words.say('noTime') : words.when(record.posMs + offsetMs);
  return `<tr><td>${record.seq}</td><td>${when}</td><td>${recordText(words, record)}</td></tr>`;
};

/** Its name and its unit's, as the server last told them. */
const nameLines = ({ names }: StatusFacts): string =>
  names === null ? '' : `<dd>${escaped(names.speaker)}</dd><dd>${escaped(names.unit)}</dd>`;

const section = (words: Words, facts: StatusFacts, form: PageForm): string => {
  const { say, language } = words;
  const listed = rows(words, facts).map(
    ([key, lines]) => `<dt>${say(key)}</dt>${lines.map((line) => `<dd>${line}</dd>`).join('')}`,
  );
  const id = `time-${language}`;
  return `<section lang="${language}"><h1>${say('title')}</h1>
${form.did === null ? '' : `<p role="status">${say(`did.${form.did}`)}</p>`}
<dl><dt>${say('speaker')}</dt>${nameLines(facts)}<dd><code>${escaped(facts.speaker)}</code></dd>${listed.join('\n')}</dl>
<h2>${say('records')}</h2><table><thead><tr><th>${say('recordNumber')}</th>
<th>${say('recordWhen')}</th><th>${say('recordWhat')}</th></tr></thead>
<tbody>${facts.records.map((record) => recordRow(words, record)).join('\n')}</tbody></table>
<h2>${say('tone')}</h2><p>${say('toneHint')}</p>
<form method="post" action="/tone"><input type="hidden" name="token" value="${form.token}">
<button>${say('tonePlay')}</button></form>
<h2>${say('drill')}</h2><p>${say('drillHint')}</p>
<form method="post" action="/drill"><input type="hidden" name="token" value="${form.token}">
<button>${say('drillPlay')}</button></form>
<h2>${say('setTime')}</h2><p>${say('setTimeHint', { zone: facts.zone })}</p>
<form method="post" action="/time"><input type="hidden" name="token" value="${form.token}">
<label for="${id}">${say('setTimeLabel')}</label>
<input id="${id}" type="datetime-local" step="1" name="time" required>
<button>${say('setTimeSave')}</button></form></section>`;
};

/** What the page's form needs: the token that a post must carry, and what the last one did. */
export interface PageForm {
  readonly token: string;
  readonly did: Did | null;
}

/** The page in both languages, Vietnamese first, without a script. */
export const statusPage = (facts: StatusFacts, form: PageForm): string => {
  const sections = (['vi', 'en'] as const).map((language) =>
    section(wordsOf(language, facts.zone), facts, form),
  );
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(vi.title)}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem}
dt{font-weight:600;margin-top:.5rem}dd{margin:0}code{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .5rem .25rem 0;border-bottom:1px solid #ccc}
section+section{border-top:2px solid;margin-top:2rem}[role=status]{border:2px solid;padding:.5rem}
input,button{font:inherit;padding:.4rem;margin:.2rem 0}label{display:block}</style>
</head><body><main>${sections.join('\n')}</main></body></html>
`;
};
