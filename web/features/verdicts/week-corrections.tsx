import { Button, Group, List, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { correctionToSentence } from '#schemas/messages/correction-sentence.ts';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { dayAfter, useLocalTimes } from '../../shared/local-time.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useLanguage } from '../../shared/texts/language.ts';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { useCorrectionsText } from './corrections-texts.ts';
import { type GivenCorrection, inspectionQuery } from './week-query.ts';

const TO_SUNDAY = 6;

/** Corrections of the unit history, with who found them. */
export const CorrectionList = ({ given }: { readonly given: readonly GivenCorrection[] }) => {
  const say = useCorrectionsText();
  const language = useLanguage();
  const times = useLocalTimes();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const nameIn = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  const toText = (one: GivenCorrection): string =>
    correctionToSentence(one, language, {
      speaker: nameIn(speakers, one.speaker),
      unit: nameIn(units, one.unit),
      found: times.day(one.foundMs),
    });
  return (
    <List size="sm">
      {given.map((one) => (
        <List.Item key={one.id} data-correction={one.id}>
          <span style={{ whiteSpace: 'pre-line' }}>
            {say('foundBy', { said: toText(one), who: one.foundBy })}
          </span>
        </List.Item>
      ))}
    </List>
  );
};

/** What inspectors found about the unit history of a week, and for inspectors the way to say more. */
export const WeekCorrections = ({ monday }: { readonly monday: string }) => {
  const say = useCorrectionsText();
  const { data } = useSuspenseQuery(inspectionQuery(monday));
  const inspects = useHasRole('inspector');
  const [isAsked, setAsked] = useState(false);
  const sunday = dayAfter(monday, TO_SUNDAY);
  const given = data.corrections.filter(({ from, to }) => from <= sunday && monday <= to);
  const close = () => setAsked(false);
  return (
    <Stack gap="xs">
      {given.length > 0 && <CorrectionList given={given} />}
      {inspects && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setAsked(true)}>
            {say('title')}
          </Button>
        </Group>
      )}
      {isAsked && (
        <Dialogue title={say('title')} onClose={close}>
          <CorrectionForm days={{ from: monday, to: monday }} onDone={close} />
        </Dialogue>
      )}
    </Stack>
  );
};
