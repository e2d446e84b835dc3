import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Hotline } from '#schemas/entities/hotline.ts';
import { unitsQuery } from '../../../shared/api/queries.ts';
import { PlainTable } from '../../../shared/ui/plain-table.tsx';
import { HotlineForm } from './hotline-form.tsx';
import { hotlinesQuery } from './hotline-queries.ts';
import { useHotlineText } from './hotline-texts.ts';

/** The telephone numbers that scripts ask for, and a form for the next one. */
export const HotlinesPanel = () => {
  const say = useHotlineText();
  const { data: lines } = useSuspenseQuery(hotlinesQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [changedId, setChangedId] = useState<string | null>(null);
  const changed = lines.find(({ id }) => id === changedId);
  const place = ({ unit }: Hotline) =>
    units.find(({ id }) => id === unit)?.name ?? say('everywhere');
  return (
    <Stack>
      {lines.length === 0 ? (
        <Text>{say('none')}</Text>
      ) : (
        <PlainTable
          label={say('list')}
          heads={[say('name'), say('unit'), say('number'), say('key'), say('change')]}
        >
          {lines.map((line) => (
            <tr key={line.id}>
              <td>{line.name}</td>
              <td>{place(line)}</td>
              <td>{line.number ?? say('noNumber')}</td>
              <td>
                <code>{`{${line.key}}`}</code>
              </td>
              <td>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`${say('change')}: ${line.name}, ${place(line)}`}
                  onClick={() => setChangedId(line.id)}
                >
                  {say('change')}
                </Button>
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      <Group justify="space-between">
        <Title order={3} size="h5">
          {say('add')}
        </Title>
        {changed !== undefined && (
          <Button size="compact-xs" variant="default" onClick={() => setChangedId(null)}>
            {say('addAnother')}
          </Button>
        )}
      </Group>
      <HotlineForm key={changed?.id ?? ''} line={changed} />
    </Stack>
  );
};
