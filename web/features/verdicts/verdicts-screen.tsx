import { Button, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { campaignsQuery } from '../../shared/api/queries.ts';
import { dayAfter, figure, useLocalTimes, weekOf } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { useNow } from '../../shared/use-now.ts';
import { CapFindings } from './cap-findings.tsx';
import { RuleTotals } from './rule-totals.tsx';
import { UnitVerdicts } from './unit-verdicts.tsx';
import { VerdictTable } from './verdict-table.tsx';
import { WeekLock } from './week-lock.tsx';
import { inspectionQuery, rulesQuery, weekQuery } from './week-query.ts';

const WeekCorrections = lazy(async () => ({
  default: (await import('./week-corrections.tsx')).WeekCorrections,
}));

const DAYS_PER_WEEK = 7;

const RuleTitle = ({ rule }: { readonly rule: AirtimeRule }) => {
  const say = useText();
  const language = useLanguage();
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const campaign = campaigns.find(({ id }) => id === rule.campaign)?.name ?? '';
  const facts = {
    count: rule.minOccurrences,
    per: say(`per.${rule.per}`, { days: rule.everyDays ?? 1 }),
  };
  return (
    <div>
      <Title order={2} size="h4">
        {campaign}
      </Title>
      <Text size="sm" c="gray.7">
        {rule.minMinutes === null
          ? say('rule.times', facts)
          : say('rule.timesAndMinutes', { ...facts, minutes: figure(rule.minMinutes, language) })}
      </Text>
    </div>
  );
};

const Week = ({ monday, isOver }: { readonly monday: string; readonly isOver: boolean }) => {
  const say = useText();
  const { data: week } = useSuspenseQuery(weekQuery(monday));
  const { data: inspection } = useSuspenseQuery(inspectionQuery(monday));
  const { data: rules } = useSuspenseQuery(rulesQuery);
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const { verdicts, units, capFindings } = week;
  const campaignOf = ({ campaign }: AirtimeRule): string =>
    campaigns.find(({ id }) => id === campaign)?.name ?? '';
  const newest = new Map(
    rules.toSorted((a, b) => a.version - b.version).map((rule) => [rule.id, rule]),
  );
  const judged = [...newest.values()].filter(({ id }) => verdicts.some(({ rule }) => rule === id));
  return (
    <Stack gap="lg">
      <WeekLock monday={monday} isOver={isOver} />
      <Suspense>
        <WeekCorrections monday={monday} />
      </Suspense>
      <CapFindings findings={capFindings} />
      {judged.length === 0 && <Text>{say('verdict.none')}</Text>}
      {judged.map((rule) => (
        <Stack key={rule.id} gap="xs">
          <RuleTitle rule={rule} />
          <RuleTotals rule={rule.id} campaign={campaignOf(rule)} monday={monday} />
          <UnitVerdicts
            campaign={campaignOf(rule)}
            verdicts={units.filter((verdict) => verdict.rule === rule.id)}
            corrections={inspection.corrections}
          />
          <VerdictTable
            verdicts={verdicts.filter((verdict) => verdict.rule === rule.id)}
            inspection={inspection}
          />
        </Stack>
      ))}
    </Stack>
  );
};

/** What the rules say of a week, with the evidence of each verdict. */
export const VerdictsScreen = () => {
  const say = useText();
  const times = useLocalTimes();
  const today = times.day(useNow());
  const [back, setBack] = useState(0);
  const week = weekOf(dayAfter(today, -back * DAYS_PER_WEEK));
  const [monday = today] = week;
  return (
    <Screen
      title={say('verdicts.title', { day: times.dayName(monday) })}
      deeds={
        <>
          <Button variant="default" size="xs" onClick={() => setBack(back + 1)}>
            {say('verdicts.before')}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={back === 0}
            onClick={() => setBack(back - 1)}
          >
            {say('verdicts.after')}
          </Button>
        </>
      }
    >
      <Suspense key={monday} fallback={<Waiting />}>
        <Week monday={monday} isOver={back > 0} />
      </Suspense>
    </Screen>
  );
};
