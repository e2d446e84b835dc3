import { Alert, List } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { numberWorkQuery } from './hotline-queries.ts';
import { useHotlineText } from './hotline-texts.ts';

const braced = (keys: readonly string[]): string => keys.map((key) => `{${key}}`).join(', ');

/** What changed telephone numbers leave to do, and what is still heard with the number before. */
export const NumberWork = () => {
  const say = useHotlineText();
  const { data: work } = useSuspenseQuery(numberWorkQuery);
  if (work.length === 0) return null;
  return (
    <Alert color="orange" variant="light" c="dark" title={say('work.title')}>
      <List size="sm">
        {work.map(({ bulletin, title, state, isStale, missing, old }) => (
          <List.Item key={bulletin} data-number-work={bulletin}>
            {missing.length > 0 && say('work.missing', { title, placeholders: braced(missing) })}
            {missing.length === 0 && isStale && say('work.stale', { title })}
            {missing.length === 0 &&
              !isStale &&
              say(state === 'released' ? 'work.declined' : 'work.waits', { title })}
            {old.length > 0 &&
              ` ${say('work.old', { numbers: old.map(({ heard }) => heard).join(', ') })}`}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
