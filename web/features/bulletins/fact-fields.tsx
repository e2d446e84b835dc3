import { Checkbox, NativeSelect, SimpleGrid, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bulletinLanguages, SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { dayAfter, useLocalTimes } from '../../shared/local-time.ts';
import { LineField } from '../../shared/ui/line-field.tsx';
import { useBulletinText, useLanguageName } from './bulletin-texts.ts';
import { dayStartMs } from './day-start.ts';
import type { Description } from './description.ts';

/** The tallest that a list of many villages grows in a form, in pixels. */
const UNITS_HEIGHT = 220;
/** What the server takes lies well within. */
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2999-12-31';

interface FactFieldsProps {
  readonly value: Description;
  readonly onChange: (value: Description) => void;
}

interface DayFieldProps {
  readonly label: string;
  /** The day that it begins with; the empty text for none. */
  readonly shown: string;
  readonly onDay: (day: string | null) => void;
}

/** A day. While its year is typed it is one of the first centuries: what is typed is kept as it stands. */
const DayField = ({ label, shown, onDay }: DayFieldProps) => {
  const [text, setText] = useState(shown);
  return (
    <LineField
      label={label}
      type="date"
      min={FIRST_DAY}
      max={LAST_DAY}
      value={text}
      onText={(typed) => {
        setText(typed);
        onDay(typed < FIRST_DAY ? null : typed);
      }}
    />
  );
};

const ValidityFields = ({ value, onChange }: FactFieldsProps) => {
  const say = useBulletinText();
  const { day, zone } = useLocalTimes();
  const { validFromMs, expiresMs } = value;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <DayField
        label={say('facts.validFrom')}
        shown={validFromMs === null ? '' : day(validFromMs)}
        onDay={(first) =>
          onChange({ ...value, validFromMs: first === null ? null : dayStartMs(first, zone) })
        }
      />
      <DayField
        label={say('facts.lastDay')}
        shown={expiresMs === null ? '' : day(expiresMs - 1)}
        onDay={(last) =>
          onChange({
            ...value,
            expiresMs: last === null ? null : dayStartMs(dayAfter(last, 1), zone),
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
