import { NumberInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { boundsQuery } from '../api/bounds-query.ts';
import { useByHandText } from '../texts/by-hand-texts.ts';

interface VolumeFieldProps {
  readonly hint: 'volumeEmergency' | 'volumeHand';
  /** In percent; null where nobody chose one. */
  readonly volume: number | null;
  readonly onVolume: (volume: number | null) => void;
}

/** A volume up to what the site allows its speakers, or none. */
export const VolumeField = ({ hint, volume, onVolume }: VolumeFieldProps) => {
  const say = useByHandText();
  const { data: bounds } = useSuspenseQuery(boundsQuery);
  return (
    <NumberInput
      label={say('volume')}
      description={say(hint, { max: bounds.maxVolume })}
      min={1}
      max={bounds.maxVolume}
      allowDecimal={false}
      clampBehavior="strict"
      value={volume ?? ''}
      onChange={(value) => onVolume(value === '' ? null : Number(value))}
    />
  );
};
