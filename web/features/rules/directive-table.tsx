import { Card } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { directivesQuery } from './airtime-queries.ts';

/** The documents that order airtime, the newest first. */
export const DirectiveTable = () => {
  const say = useText();
  const times = useLocalTimes();
  const { data: directives } = useSuspenseQuery(directivesQuery);
  return (
    <Card withBorder p={0}>
      <PlainTable
        label={say('directives.list')}
        heads={[
          say('directive.number'),
          say('directive.day'),
          say('directive.issuer'),
          say('directive.abstract'),
        ]}
        minWidth={640}
      >
        {directives
          .toSorted((a, b) => (a.day < b.day ? 1 : -1))
          .map(({ id, number, day, issuer, abstract }) => (
            <tr key={id}>
              <td>{number}</td>
              <td>{times.date(day)}</td>
              <td>{issuer}</td>
              <td style={{ whiteSpace: 'pre-line' }}>{abstract}</td>
            </tr>
          ))}
      </PlainTable>
    </Card>
  );
};
