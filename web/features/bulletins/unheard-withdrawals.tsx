import { Alert, List } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { speakersQuery } from '../../shared/api/queries.ts';
import { readinessQuery } from '../../shared/api/readiness-query.ts';
import { useReadinessText } from '../../shared/texts/readiness-texts.ts';

/** So many speakers are named for a bulletin; the others are counted. */
const MAX_NAMED = 50;

/** The withdrawn bulletins that some speakers may still play, because they have not heard of it. */
export const UnheardWithdrawals = () => {
  const say = useReadinessText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: all } = useSuspenseQuery(readinessQuery);
  const nameById = new Map(speakers.map(({ id, name }) => [id, name]));
  const byBulletin = new Map<string, { title: string; names: string[] }>();
  for (const { speaker, unheard } of all) {
    for (const { bulletin, title } of unheard) {
      const known = byBulletin.get(bulletin) ?? { title, names: [] };
      known.names.push(nameById.get(speaker) ?? speaker);
      byBulletin.set(bulletin, known);
    }
  }
  if (byBulletin.size === 0) return null;
  return (
    <Alert color="orange" variant="light" c="dark" title={say('unheard.title')}>
      <List size="sm">
        {[...byBulletin].map(([bulletin, { title, names }]) => (
          <List.Item key={bulletin} data-unheard={bulletin}>
            {say('unheard.line', { title, speakers: names.slice(0, MAX_NAMED).join(', ') })}
            {names.length > MAX_NAMED &&
              ` ${say('unheard.more', { count: names.length - MAX_NAMED })}`}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
