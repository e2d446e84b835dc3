import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { campaignsQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ScriptText } from '../../shared/ui/script-text.tsx';
import { useBulletinText, useLanguageName } from './bulletin-texts.ts';

const NOTHING = '–';

const namesOf = (
  named: readonly { readonly id: string; readonly name: string }[],
  chosen: readonly string[],
): string =>
  named
    .filter(({ id }) => chosen.includes(id))
    .map(({ name }) => name)
    .join(', ');

/** What is said of a bulletin, in the order of the form, in words. */
const useFacts = (bulletin: Bulletin) => {
  const say = useBulletinText();
  const sayPriority = useText();
  const languageName = useLanguageName();
  const { date, day } = useLocalTimes();
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const { title, language, supplier, priority, validFromMs, expiresMs, script } = bulletin;
  return [
    { field: 'title', label: say('bulletin.title'), now: title },
    {
      field: 'campaigns',
      label: say('bulletin.campaigns'),
      now: namesOf(campaigns, bulletin.campaigns),
    },
    {
      field: 'priority',
      label: say('bulletin.priority'),
      now: sayPriority(`priority.${priority}`),
    },
    { field: 'language', label: say('facts.language'), now: languageName(language) },
    { field: 'supplier', label: say('facts.supplier'), now: supplier ?? '' },
    { field: 'units', label: say('facts.units'), now: namesOf(units, bulletin.units) },
    { field: 'validFromMs', label: say('facts.validFrom'), now: date(day(validFromMs)) },
    { field: 'expiresMs', label: say('facts.lastDay'), now: date(day(expiresMs - 1)) },
    { field: 'script', label: say('facts.script'), now: script ?? '' },
  ] as const;
};

interface OvertakenFactsProps {
  /** As it was seen before somebody else changed it, and as it stands now. */
  readonly before: Bulletin;
  readonly now: Bulletin;
}

/** All that somebody else has changed of a bulletin meanwhile, so that nobody overwrites it unseen. */
export const OvertakenFacts = ({ before, now }: OvertakenFactsProps) => {
  const say = useBulletinText();
  const changed = useFacts(now).filter(
    ({ field }) => JSON.stringify(before[field]) !== JSON.stringify(now[field]),
  );
  return (
    <Stack gap="xs">
      <Text size="sm">{say('change.overtaken')}</Text>
      {changed.map(({ field, label, now: shown }) => {
        const told = say('change.now', { label, now: shown || NOTHING });
        return field === 'script' ? (
          <ScriptText key={field} script={told} language={now.language} />
        ) : (
          <Text key={field} size="sm">
            {told}
          </Text>
        );
      })}
    </Stack>
  );
};
