import { Checkbox, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { pronunciationsQuery } from './speech-queries.ts';

const MAX_WRITTEN = 60;
const MAX_SPOKEN = 200;

const WordForm = () => {
  const say = useBulletinText();
  const [written, setWritten] = useState('');
  const [spoken, setSpoken] = useState('');
  const [isAsWritten, setAsWritten] = useState(false);
  const keep = useDeed(async () => {
    const json = { written, spoken: isAsWritten ? null : spoken };
    await answered(api.speech.pronunciations.$put({ json }));
    setWritten('');
    setSpoken('');
  }, [pronunciationsQuery.queryKey]);
  return (
    <DeedForm deed={keep} label={say('word.keep')}>
      <TextField
        label={say('word.written')}
        description={say('word.writtenHint')}
        maxLength={MAX_WRITTEN}
        value={written}
        onText={setWritten}
      />
      <Checkbox
        label={say('word.asWritten')}
        checked={isAsWritten}
        onChange={({ currentTarget }) => setAsWritten(currentTarget.checked)}
      />
      {!isAsWritten && (
        <TextField
          label={say('word.spoken')}
          description={say('word.spokenHint')}
          maxLength={MAX_SPOKEN}
          value={spoken}
          onText={setSpoken}
        />
      )}
    </DeedForm>
  );
};

/** The words that this site says in its own way, and a form for the next one. */
export const SiteWords = () => {
  const say = useBulletinText();
  const sayTitle = useText();
  const { data: words } = useSuspenseQuery(pronunciationsQuery);
  return (
    <Stack>
      <WordForm />
      {words.length === 0 ? (
        <Text>{say('word.none')}</Text>
      ) : (
        <PlainTable label={sayTitle('words')} heads={[say('word.written'), say('word.spoken')]}>
          {words.map(({ written, spoken }) => (
            <tr key={written}>
              <td>{written}</td>
              <td>{spoken ?? say('word.asWritten')}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Stack>
  );
};
