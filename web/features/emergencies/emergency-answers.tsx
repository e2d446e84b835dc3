import { useSuspenseQuery } from '@tanstack/react-query';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { LongList } from '../../shared/ui/long-list.tsx';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { emergencyQuery } from './emergency-queries.ts';

/** What each speaker that an emergency was meant for has said of it. */
export const EmergencyAnswers = ({ id }: { readonly id: string }) => {
  const say = useText();
  const { data: emergency } = useSuspenseQuery(emergencyQuery(id));
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const names = new Map(speakers.map((speaker) => [speaker.id, speaker.name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <LongList
      label={say('emergency.answers')}
      all={emergency.answers}
      toText={({ speaker }) => nameOf(speaker)}
    >
      {(shown) => (
        <PlainTable
          label={say('emergency.answers')}
          heads={[say('emergency.speaker'), say('emergency.answer')]}
          minWidth={320}
        >
          {shown.map(({ speaker, answer, soundedWhole }) => (
            <tr key={speaker}>
              <td>{nameOf(speaker)}</td>
              <td>{say(`emergency.answer.${answer}`, { times: soundedWhole })}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </LongList>
  );
};
