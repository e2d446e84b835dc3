import { Alert, List } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { speakersQuery } from '../../shared/api/queries.ts';
import { readinessQuery } from '../../shared/api/readiness-query.ts';
import { useReadinessText } from '../../shared/texts/readiness-texts.ts';

/** The withdrawn bulletins that some speakers may still play, because they have not heard of it. */
export const UnheardWithdrawals = () => {
  const say = useReadinessText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: all } = useSuspenseQuery(readinessQuery);
  const byBulletin = new Map<string, { title: string; names: string[] }>();
  for (const { speaker, unheard } of all) {
    const name = speakers.find(({ id }) => id === speaker)?.name ?? speaker;
    for (const { bulletin, title } of unheard) {
      const { names } = byBulletin.get(bulletin) ?? { names: [] };
      byBulletin.set(bulletin, { title, names: [...names, name] });
    }
  }
  if (byBulletin.size === 0) return null;
  return (
    <Alert color="orange" variant="light" c="dark" title={say('unheard.title')}>
      <List size="sm">
        {[...byBulletin].map(([bulletin, { title, names }]) => (
          <List.Item key={bulletin} data-unheard={bulletin}>
            {say('unheard.line', { title, speakers: names.join(', ') })}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
