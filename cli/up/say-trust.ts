import { printLine } from '../outcome.ts';
import { type TextKey, text } from '../text.ts';
import type { TrustFacts } from './server-facts.ts';

const keyOf = ({ pageUrl, otherAddresses }: TrustFacts): TextKey => {
  if (pageUrl !== undefined) return 'lanTrust';
  return otherAddresses === '' ? 'lanAlone' : 'lanForeign';
};

/** Says how other devices come to trust the server, or why they cannot reach it yet. */
export const sayTrust = (trust: TrustFacts): void => printLine(text(keyOf(trust), { ...trust }));
