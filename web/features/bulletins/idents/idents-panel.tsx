import { Button, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentRole } from '#schemas/entities/ident.ts';
import { unitsQuery } from '../../../shared/api/queries.ts';
import { useLocalTimes } from '../../../shared/local-time.ts';
import { ChoiceField } from '../../../shared/ui/choice-field.tsx';
import { DARK_ORANGE } from '../../../shared/ui/colors.ts';
import { PlainTable } from '../../../shared/ui/plain-table.tsx';
import { IdentChoice } from './ident-choice.tsx';
import { IdentTextForm } from './ident-text-form.tsx';
import { useIdentText } from './ident-texts.ts';
import { identsQuery } from './idents-query.ts';

const roles = ['ident', 'closing'] as const satisfies readonly IdentRole[];

/** What opens, or closes, the sessions of each unit; what else it could be; and a form for a new one. */
export const IdentsPanel = () => {
  const say = useIdentText();
  const times = useLocalTimes();
  const { data: idents } = useSuspenseQuery(identsQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [role, setRole] = useState<IdentRole>('ident');
  const [changed, setChanged] = useState<{ readonly unit: string | null } | null>(null);
  const shown = idents.filter((each) => each.role === role);
  const row = changed === null ? undefined : shown.find(({ unit }) => unit === changed.unit);
  const nameOf = (unit: string | null) =>
    units.find(({ id }) => id === unit)?.name ?? say('everywhere');
  return (
    <Stack>
      <ChoiceField
        label={say('role')}
        value={role}
        choices={roles.map((value) => ({ value, label: say(`role.${value}`) }))}
        onChoice={setRole}
      />
      <PlainTable
        label={say('list')}
        heads={[say('unit'), say('sounds'), say('whose'), say('waiting'), say('change')]}
      >
        {shown.map(({ unit, sounding, missingFromMs, waiting }) => (
          <tr key={unit ?? ''}>
            <td>{nameOf(unit)}</td>
            <td>
              {sounding?.title ?? say(missingFromMs === null ? 'nothing' : 'gone')}
              {sounding !== null && missingFromMs !== null && (
                <Text size="sm" c={DARK_ORANGE}>
                  {say('missing', { when: times.dayAndTime(missingFromMs) })}
                </Text>
              )}
            </td>
            <td>{sounding && (sounding.from === unit ? say('itself') : nameOf(sounding.from))}</td>
            <td>{waiting.map(({ title }) => title).join('; ')}</td>
            <td>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`${say('change')}: ${nameOf(unit)}`}
                onClick={() => setChanged({ unit })}
              >
                {say('change')}
              </Button>
            </td>
          </tr>
        ))}
      </PlainTable>
      {row !== undefined && (
        <IdentChoice key={`${role}/${row.unit ?? ''}`} row={row} name={nameOf(row.unit)} />
      )}
      <Title order={3} size="h5">
        {say('write')}
      </Title>
      <IdentTextForm key={role} role={role} />
      <Text size="sm">{say('recorded')}</Text>
    </Stack>
  );
};
