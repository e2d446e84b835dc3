import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Hotline } from '#schemas/entities/hotline.ts';
import { unitsQuery } from '../../../shared/api/queries.ts';
import { PlainTable } from '../../../shared/ui/plain-table.tsx';
import { HotlineForm } from './hotline-form.tsx';
import { hotlinesQuery } from './hotline-queries.ts';
import { useHotlineText } from './hotline-texts.ts';
import { RemoveHotline } from './remove-hotline.tsx';

interface Chosen {
  readonly id: string;
  readonly deed: 'change' | 'remove';
}

interface SetHotlineProps {
  readonly line: Hotline | undefined;
  readonly onAnother: () => void;
}

const SetHotline = ({ line, onAnother }: SetHotlineProps) => {
  const say = useHotlineText();
  return (
    <>
      <Group justify="space-between">
        <Title order={3} size="h5">
          {say('add')}
        </Title>
        {line !== undefined && (
          <Button size="compact-xs" variant="default" onClick={onAnother}>
            {say('addAnother')}
          </Button>
        )}
      </Group>
      <HotlineForm key={line?.id ?? ''} line={line} />
    </>
  );
};

/** The telephone numbers that scripts ask for, and a form for the next one. */
export const HotlinesPanel = () => {
  const say = useHotlineText();
  const { data: lines } = useSuspenseQuery(hotlinesQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const line = lines.find(({ id }) => id === chosen?.id);
  const close = () => setChosen(null);
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
          {lines.map((each) => (
            <tr key={each.id}>
              <td>{each.name}</td>
              <td>{place(each)}</td>
              <td>{each.number ?? say('noNumber')}</td>
              <td>
                <code>{`{${each.key}}`}</code>
              </td>
              <td>
                <Group gap="xs" wrap="nowrap">
                  {(['change', 'remove'] as const).map((deed) => (
                    <Button
                      key={deed}
                      size="compact-xs"
                      variant="default"
                      aria-label={`${say(deed)}: ${each.name}, ${place(each)}`}
                      onClick={() => setChosen({ id: each.id, deed })}
                    >
                      {say(deed)}
                    </Button>
                  ))}
                </Group>
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      {line !== undefined && chosen?.deed === 'remove' ? (
        <RemoveHotline line={line} place={place(line)} onDone={close} />
      ) : (
        <SetHotline line={line} onAnother={close} />
      )}
    </Stack>
  );
};
