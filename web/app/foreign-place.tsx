import { Text } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { UserRole } from '#schemas/entities/site.ts';
import { useText } from '../shared/texts/texts.ts';
import { isFor, type Place, places } from './places.ts';

interface ForeignPlaceProps {
  readonly place: Place;
  readonly roles: readonly UserRole[];
}

/**
 * Where somebody does not work it says so; but who opens the console at its root comes to the first
 * screen of their own.
 */
export const ForeignPlace = ({ place, roles }: ForeignPlaceProps) => {
  const say = useText();
  const router = useRouter();
  const own = place.to === '/' ? places.find((each) => isFor(each, roles)) : undefined;
  useEffect(() => {
    if (own !== undefined) void router.navigate({ to: own.to, replace: true });
  }, [own, router]);
  return own === undefined ? <Text>{say('notYours')}</Text> : null;
};
