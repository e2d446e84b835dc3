import { AUTHORITY_PATH } from '#schemas/enrolment.ts';
import en from '#schemas/messages/en/trust.json' with { type: 'json' };
import { fillSentence, type Language, languages } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/trust.json' with { type: 'json' };
import type { TrustedAuthority } from '../ports/tls.ts';

type Key = keyof typeof vi;
const catalogues: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { vi, en };

const devices = [
  { title: 'windowsTitle', steps: ['windows1', 'windows2', 'windows3'] },
  { title: 'androidTitle', steps: ['android1', 'android2', 'android3'] },
  { title: 'iphoneTitle', steps: ['iphone1', 'iphone2', 'iphone3'] },
] as const satisfies readonly { title: Key; steps: readonly Key[] }[];

const markup: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => markup[one] ?? one);

const section = (language: Language, authority: TrustedAuthority, url: string): string => {
  const say = (key: Key): string =>
    escaped(fillSentence(catalogues[language][key], { name: authority.name, url }));
  const steps = devices.map(
    ({ title, steps }) =>
      `<h2>${say(title)}</h2><ol>${steps.map((key) => `<li>${say(key)}</li>`).join('')}</ol>`,
  );
  return `<section lang="${language}"><h1>${say('title')}</h1><p>${say('why')}</p>
<p>${say('compare')}</p><p><code>${authority.fingerprint}</code></p>
<p><a href="${AUTHORITY_PATH}">${say('download')}</a></p>${steps.join('\n')}
<p><a href="${escaped(url)}">${say('then')}</a></p></section>`;
};

/**
 * The page that explains how a device comes to trust the site's authority, in both languages,
 * without a script, so that every browser shows it. `url` is where the console is afterwards.
 */
export const trustPage = (authority: TrustedAuthority, url: string): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(authority.name)}</title>
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}
code{overflow-wrap:anywhere;font-size:1.1rem}section+section{border-top:1px solid;margin-top:3rem}</style>
</head><body><main>${languages.map((each) => section(each, authority, url)).join('\n')}</main></body></html>
`;
