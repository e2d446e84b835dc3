import { List } from '@mantine/core';
import type { Health } from '#schemas/health.ts';
import { useReadinessText } from '../../shared/texts/readiness-texts.ts';

interface SoundState {
  readonly output: Health['output'] | null;
  readonly isSilent: boolean;
}

const faultsOf = ({ output, isSilent }: SoundState) => [
  ...(output?.driver === 'null' ? (['soundNull'] as const) : []),
  ...(output?.isFallback ? (['soundFallback'] as const) : []),
  ...(isSilent ? (['soundSilent'] as const) : []),
];

/** A speaker that has not told yet is not known to be well. */
export const isSoundWell = (sound: SoundState): boolean =>
  sound.output !== null && faultsOf(sound).length === 0;

/** What is wrong with the way that sound leaves a speaker, and what to do; or that nothing is. */
export const SoundFaults = (sound: SoundState) => {
  const say = useReadinessText();
  if (sound.output === null) return say('readiness.unknown');
  const faults = faultsOf(sound);
  if (faults.length === 0) return say('readiness.soundWell');
  return (
    <List size="sm">
      {faults.map((fault) => (
        <List.Item key={fault} data-fault={fault}>
          {say(`readiness.${fault}`)}
        </List.Item>
      ))}
    </List>
  );
};
