import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { VerdictCode } from '#schemas/airtime.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';

const AskReason = lazy(async () => ({ default: (await import('./ask-reason.tsx')).AskReason }));

/** Verdicts that leave nothing to be excused. */
const SETTLED: ReadonlySet<VerdictCode> = new Set(['met', 'notDue', 'exempt', 'excused']);

/** An inspector accepts a reason for a period that was not met. */
export const ExcuseDeed = ({ verdict }: { readonly verdict: Verdict }) => {
  const say = useText();
  const inspects = useHasRole('inspector');
  const [isAsked, setAsked] = useState(false);
  if (!inspects || SETTLED.has(verdict.verdict)) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {say('excuse')}
      </Button>
      {isAsked && (
        <Suspense>
          <AskReason verdict={verdict} onClose={() => setAsked(false)} />
        </Suspense>
      )}
    </>
  );
};
