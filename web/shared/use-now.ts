import { useEffect, useState } from 'react';
import { every, nowMs } from './clock.ts';

const PERIOD_MS = 10_000;

/** Now, in epoch milliseconds; shown anew every ten seconds. */
export const useNow = (): number => {
  const [now, setNow] = useState(nowMs);
  useEffect(() => every(PERIOD_MS, () => setNow(nowMs())), []);
  return now;
};
