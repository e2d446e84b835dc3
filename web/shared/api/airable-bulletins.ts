import { useSuspenseQuery } from '@tanstack/react-query';
import { useNow } from '../use-now.ts';
import { bulletinsQuery } from './queries.ts';

/** A bulletin as it is chosen: its id, and its title. */
export interface AirableBulletin {
  readonly value: string;
  readonly label: string;
}

/** What is released and valid just now, as choices. */
export const useAirableBulletins = (): readonly AirableBulletin[] => {
  const nowMs = useNow();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  return bulletins
    .filter(
      ({ state, validFromMs, expiresMs }) =>
        state === 'released' && validFromMs <= nowMs && nowMs < expiresMs,
    )
    .map(({ id, title }) => ({ value: id, label: title }));
};
