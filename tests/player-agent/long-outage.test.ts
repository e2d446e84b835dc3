import { test } from 'vitest';
import { type ComesBack, outlastOutage } from './support/long-outage.ts';

test.each<ComesBack>(['broker', 'server', 'both'])(
  'two days without broker and server (%s back first): every morning sounds, every record arrives once',
  (first) => outlastOutage(2, first),
);
