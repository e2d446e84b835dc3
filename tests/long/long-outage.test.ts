import { test } from 'vitest';
import { type ComesBack, outlastOutage } from '#tests/player-agent/support/long-outage.ts';

const TIMEOUT_MS = 600_000;

test.each<ComesBack>(['broker', 'server', 'both'])(
  'fourteen days without broker and server (%s back first): every morning sounds, every record arrives once',
  (first) => outlastOutage(14, first),
  TIMEOUT_MS,
);
