import { Button, Group } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { type Deed, deeds, gentle } from './deed.ts';

const AskDeed = lazy(async () => ({ default: (await import('./ask-deed.tsx')).AskDeed }));

const from: Readonly<Record<Deed, readonly Bulletin['state'][]>> = {
  submit: ['draft'],
  release: ['submitted'],
  reject: ['submitted'],
  withdraw: ['draft', 'submitted', 'released'],
};

const useAllowed = (state: Bulletin['state']): readonly Deed[] => {
  const operates = useHasRole('operator');
  const approves = useHasRole('approver');
  const may: Readonly<Record<Deed, boolean>> = {
    submit: operates,
    release: approves,
    reject: approves,
    withdraw: operates || approves,
  };
  return deeds.filter((deed) => may[deed] && from[deed].includes(state));
};

/** What may become of a bulletin now, by whoever is signed in. */
export const BulletinDeeds = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const say = useText();
  const allowed = useAllowed(bulletin.state);
  const [asked, setAsked] = useState<Deed | null>(null);
  return (
    <Group gap="xs">
      {allowed.map((deed) => (
        <Button
          key={deed}
          size="xs"
          variant={gentle.has(deed) ? 'filled' : 'default'}
          onClick={() => setAsked(deed)}
        >
          {say(deed)}
        </Button>
      ))}
      <Suspense>
        {asked !== null && (
          <AskDeed bulletin={bulletin} deed={asked} onClose={() => setAsked(null)} />
        )}
      </Suspense>
    </Group>
  );
};
