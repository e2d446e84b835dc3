import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { every } from '../../../shared/clock.ts';
import { lengthOf } from '../../../shared/local-time.ts';
import { MAX_RECORDING_MS } from './recorder.ts';
import { useRecordingText } from './recording-texts.ts';
import type { Take } from './take.ts';

const SHOW_EVERY_MS = 250;

/** How long the recording is, and how long it may become. */
export const Elapsed = ({ take }: { readonly take: Take }) => {
  const say = useRecordingText();
  const [durationMs, setDurationMs] = useState(take.durationMs);
  useEffect(() => every(SHOW_EVERY_MS, () => setDurationMs(take.durationMs())), [take]);
  const facts = { length: lengthOf(durationMs), longest: lengthOf(MAX_RECORDING_MS) };
  return <Text>{say('length', facts)}</Text>;
};
