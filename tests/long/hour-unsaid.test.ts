import { test } from 'vitest';
import { MAX_CLIP_MS } from '#content/bounds.ts';
import { expectUnsaidLengthRefused } from '../support/unsaid-length.ts';

const TIMEOUT_MS = 600_000;

test(
  'what says no length and lasts more than an hour is refused once an hour of it is decoded',
  () => expectUnsaidLengthRefused(MAX_CLIP_MS),
  TIMEOUT_MS,
);
