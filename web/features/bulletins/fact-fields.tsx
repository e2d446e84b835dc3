import { Checkbox, NativeSelect, SimpleGrid, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { bulletinLanguages, SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { dayAfter, useLocalTimes } from '../../shared/local-time.ts';
import { LineField } from '../../shared/ui/line-field.tsx';
import { useBulletinText, useLanguageName } from './bulletin-texts.ts';
import { dayStartMs } from './day-start.ts';
import type { Description } from './description.ts';

/** The tallest that a list of many villages grows in a form, in pixels. */
const UNITS_HEIGHT = 220;

interface FactFieldsProps {
  readonly value: Description;
  readonly onChange: (value: Description) => void;
}

const ValidityFields = ({ value, onChange }: FactFieldsProps) => {
  const say = useBulletinText();
  const { day, zone } = useLocalTimes();
  const { validFromMs, expiresMs } = value;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <LineField
        label={say('facts.validFrom')}
        type="date"
        value={validFromMs === null ? '' : day(validFromMs)}
        onText={(text) =>
          onChange({ ...value, validFromMs: text === '' ? null : dayStartMs(text, zone) })
        }
      />
      <LineField
        label={say('facts.lastDay')}
        type="date"
        value={expiresMs === null ? '' : day(expiresMs - 1)}
        onText={(text) =>
          onChange({
            ...value,
            expiresMs: text === '' ? null : dayStartMs(dayAfter(text, 1), zone),
          })
        }
      />
    </SimpleGrid>
  );
};

const UnitsField = ({ value, onChange }: FactFieldsProps) => {
  const say = useBulletinText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  return (
    <Checkbox.Group
      label={say('facts.units')}
      description={say('facts.unitsHint')}
      value={value.units}
      onChange={(chosen) => onChange({ ...value, units: chosen })}
    >
      <Stack gap="xs" mt="xs" mah={UNITS_HEIGHT} style={{ overflowY: 'auto' }}>
        {units.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
};

/** Language, supplier, the units that may hear it, and when it may sound. */
export const FactFields = ({ value, onChange }: FactFieldsProps) => {
  const say = useBulletinText();
  const nameOf = useLanguageName();
  return (
    <details>
      <summary>{say('facts.more')}</summary>
      <Stack mt="xs">
        <NativeSelect
          label={say('facts.language')}
          data={bulletinLanguages.map((code) => ({ value: code, label: nameOf(code) }))}
          value={value.language}
          onChange={({ currentTarget }) => {
            const chosen = bulletinLanguages.find((code) => code === currentTarget.value);
            onChange({ ...value, language: chosen ?? SPOKEN_LANGUAGE });
          }}
        />
        <LineField
          label={say('facts.supplier')}
          description={say('facts.supplierHint')}
          maxLength={200}
          value={value.supplier}
          onText={(supplier) => onChange({ ...value, supplier })}
        />
        <UnitsField value={value} onChange={onChange} />
        <ValidityFields value={value} onChange={onChange} />
      </Stack>
    </details>
  );
};

/** Why there is a new version; nothing where it is the first. */
export const ReasonField = ({ value, onChange }: FactFieldsProps) => {
  const say = useBulletinText();
  if (value.replaces === null) return null;
  return (
    <LineField
      label={say('facts.reason')}
      maxLength={500}
      value={value.reason}
      onText={(reason) => onChange({ ...value, reason })}
    />
  );
};
