import { Alert, List, Stack, Text } from '@mantine/core';
import type { EntryFinding } from '../api/entry-finding.ts';
import { useLocalTimes } from '../local-time.ts';
import { useLanguage } from '../texts/language.ts';
import { useText } from '../texts/texts.ts';

/** Units that are named; of more, the number is told. */
const MAX_UNITS = 5;

const Where = ({ finding }: { readonly finding: EntryFinding }) => {
  const say = useText();
  const { units } = finding;
  return (
    <List size="sm">
      {units.slice(0, MAX_UNITS).map(({ unit, name, speakers }) => (
        <List.Item key={unit}>
          {speakers.length === 0
            ? say('entry.whereNobody', { unit: name })
            : say('entry.where', {
                unit: name,
                speakers: speakers.map((speaker) => speaker.name).join(', '),
              })}
        </List.Item>
      ))}
      {units.length > MAX_UNITS && (
        <List.Item>{say('entry.moreUnits', { count: units.length - MAX_UNITS })}</List.Item>
      )}
    </List>
  );
};

const When = ({ finding }: { readonly finding: EntryFinding }) => {
  const say = useText();
  const times = useLocalTimes();
  if (finding.days === null) return null;
  const { first, last } = finding.days;
  const named = { first: times.dayName(first), last: times.dayName(last) };
  return <Text size="sm">{say(first === last ? 'entry.day' : 'entry.days', named)}</Text>;
};

/** What was asked for is seen, also where the form is longer than the window. */
const showAtOnce = (shown: HTMLElement | null): void => shown?.scrollIntoView({ block: 'center' });

/** What is odd about an entry and what it would make impossible, where and when. */
export const EntryFindings = ({ findings }: { readonly findings: readonly EntryFinding[] }) => {
  const say = useText();
  const language = useLanguage();
  if (findings.length === 0) {
    return (
      <Alert
        ref={showAtOnce}
        role="status"
        color="village"
        variant="light"
        c="dark"
        data-findings={0}
      >
        {say('entry.fits')}
      </Alert>
    );
  }
  return (
    <Alert
      ref={showAtOnce}
      role="status"
      color="yellow"
      variant="light"
      c="dark"
      title={say('entry.findings', { count: findings.length })}
      data-findings={findings.length}
    >
      <Stack gap="sm">
        {findings.map((finding) => (
          <div key={JSON.stringify(finding.problem)} data-finding={finding.code}>
            <Text>{finding.sentences[language]}</Text>
            {finding.repairs !== null && (
              <Text size="sm" data-repairs>
                {finding.repairs[language]}
              </Text>
            )}
            <When finding={finding} />
            <Where finding={finding} />
          </div>
        ))}
      </Stack>
    </Alert>
  );
};
