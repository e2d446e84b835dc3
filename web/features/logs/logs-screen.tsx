import { NativeSelect, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { SpeakerLog } from './speaker-log.tsx';

/** The as-run log, speaker by speaker. */
export const LogsScreen = () => {
  const say = useText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const known = speakers.filter(({ publicKey }) => publicKey !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const speaker = chosen ?? known[0]?.id;
  return (
    <Screen title={say('place.logs')}>
      {speaker === undefined ? (
        <Text>{say('today.noSpeaker')}</Text>
      ) : (
        <>
          <NativeSelect
            label={say('log.speaker')}
            maw={360}
            value={speaker}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={known.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Suspense key={speaker} fallback={<Waiting />}>
            <SpeakerLog speaker={speaker} />
          </Suspense>
        </>
      )}
    </Screen>
  );
};
