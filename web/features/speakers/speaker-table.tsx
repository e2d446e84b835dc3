import { Badge, Button, Card } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Speaker } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useUnitPath } from '../../shared/api/unit-paths.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DARK_ORANGE } from '../../shared/ui/colors.ts';
import { LongList } from '../../shared/ui/long-list.tsx';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { Refusal } from '../../shared/ui/refusal.tsx';
import type { Code } from './code-shown.tsx';

const colorByState: Readonly<Record<Speaker['state'], string>> = {
  awaiting: DARK_ORANGE,
  enrolled: 'village',
  removed: 'gray.7',
};

const IssueCode = (props: { speaker: Speaker; onCode: (code: Code) => void }) => {
  const say = useText();
  const issue = useDeed(async () => {
    const param = { id: props.speaker.id };
    props.onCode(await answered(api.speakers[':id'].code.$post({ param })));
  }, []);
  return (
    <>
      <Button size="xs" variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
        {say('code.issue')}
      </Button>
      <Refusal error={issue.error} />
    </>
  );
};

interface SpeakerTableProps {
  readonly onCode: (code: Code) => void;
  readonly onUpkeep: (speaker: Speaker) => void;
}

/** The speakers; a code for each that waits for its machine, and upkeep for each that has one. */
export const SpeakerTable = ({ onCode, onUpkeep }: SpeakerTableProps) => {
  const say = useText();
  const times = useLocalTimes();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const pathOf = useUnitPath();
  return (
    <LongList
      label={say('speakers.list')}
      all={speakers}
      toText={({ name, unit }) => `${name} ${pathOf(unit)}`}
    >
      {(shown) => (
        <Card withBorder p={0}>
          <PlainTable
            label={say('speakers.list')}
            heads={[
              say('name'),
              say('speaker.unit'),
              say('speaker.volume'),
              say('speaker.state'),
              say('speaker.since'),
              say('upkeep'),
            ]}
            minWidth={640}
          >
            {shown.map((speaker) => (
              <tr key={speaker.id}>
                <td>{speaker.name}</td>
                <td>{units.find(({ id }) => id === speaker.unit)?.name}</td>
                <td>{speaker.volume} %</td>
                <td>
                  <Badge color={colorByState[speaker.state]}>
                    {say(`speakerState.${speaker.state}`)}
                  </Badge>
                </td>
                <td>
                  {speaker.state === 'awaiting' ? (
                    <IssueCode speaker={speaker} onCode={onCode} />
                  ) : (
                    times.dayAndTime(speaker.enrolledMs ?? speaker.createdMs)
                  )}
                </td>
                <td>
                  {speaker.state === 'enrolled' && (
                    <Button size="xs" variant="default" onClick={() => onUpkeep(speaker)}>
                      {say('upkeep.open')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </PlainTable>
        </Card>
      )}
    </LongList>
  );
};
