import { Alert, Anchor, Button, Card, Stack, Text } from '@mantine/core';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { type LogPage, useLog } from './log-query.ts';
import { RecordRow } from './record-row.tsx';

const isWhole = ({ records }: LogPage): boolean =>
  records.every(({ signature, chain }) => signature === 'right' && chain === 'right');

/** Whether what is shown holds, by what key and up to which hash anybody can check it again. */
const LogState = ({ pages }: { readonly pages: readonly LogPage[] }) => {
  const say = useText();
  const language = useLanguage();
  const times = useLocalTimes();
  const [newest] = pages;
  if (newest === undefined) return null;
  const holds = pages.every(isWhole) && newest.findings.length === 0;
  return (
    <Alert
      color={holds ? 'village' : 'red'}
      variant="light"
      title={say(holds ? 'log.holds' : 'log.doesNotHold')}
      data-holds={holds}
    >
      <Text size="sm">{say('log.records', { count: newest.head.seq })}</Text>
      <Text className="hash">{say('log.head', { hash: newest.head.hash })}</Text>
      <Text className="hash">{say('log.key', { key: newest.publicKey })}</Text>
      {newest.findings.map(({ id, seq, sentence, foundMs }) => (
        <Text key={id} size="sm">
          {say('log.finding', { seq, what: sentence[language], when: times.dayAndTime(foundMs) })}
        </Text>
      ))}
    </Alert>
  );
};

/** The log of one speaker, newest first. */
export const SpeakerLog = ({ speaker }: { readonly speaker: string }) => {
  const say = useText();
  const log = useLog(speaker);
  const { pages } = log.data;
  const records = pages.flatMap((page) => page.records.toReversed());
  return (
    <Stack>
      <LogState pages={pages} />
      <Anchor
        href={`/api/speakers/${speaker}/log/export`}
        download={`${speaker}.ndjson`}
        c="village"
      >
        {say('log.export')}
      </Anchor>
      <Card withBorder p={0}>
        <PlainTable
          label={say('place.logs')}
          heads={[say('log.seq'), say('log.when'), say('log.what'), say('log.checks')]}
          minWidth={640}
        >
          {records.map((stored) => (
            <RecordRow key={stored.seq} stored={stored} />
          ))}
        </PlainTable>
      </Card>
      {log.hasNextPage && (
        <Button
          variant="default"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {say('log.older')}
        </Button>
      )}
    </Stack>
  );
};
