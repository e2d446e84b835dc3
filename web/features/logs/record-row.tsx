import { Badge, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import type { LogPage } from './log-query.ts';
import { recordToInstantMs, recordToText } from './record-text.ts';

type StoredRecord = LogPage['records'][number];

const Checks = ({ stored }: { readonly stored: StoredRecord }) => {
  const say = useText();
  const isSigned = stored.signature === 'right';
  const isChained = stored.chain === 'right';
  return (
    <Group gap={4}>
      <Badge color={isSigned ? 'village' : 'red.8'} variant={isSigned ? 'light' : 'filled'}>
        {say(isSigned ? 'log.signed' : 'log.unsigned')}
      </Badge>
      <Badge color={isChained ? 'village' : 'red.8'} variant={isChained ? 'light' : 'filled'}>
        {say(isChained ? 'log.chained' : 'log.unchained')}
      </Badge>
    </Group>
  );
};

/** One record of a log: what it says, and whether signature and chain hold. */
export const RecordRow = ({ stored }: { readonly stored: StoredRecord }) => {
  const say = useText();
  const times = useLocalTimes();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const { record } = stored;
  const instantMs = recordToInstantMs(record);
  const titleOf = (id: string | null) =>
    bulletins.find((bulletin) => bulletin.id === id)?.title ?? say('bulletin.unknown');
  return (
    <tr data-kind={record.kind}>
      <td>{stored.seq}</td>
      <td>
        {instantMs === null
          ? say('log.undated')
          : `${times.dayAndTime(instantMs)}:${times.exactTime(instantMs).slice(-2)}`}
      </td>
      <td>
        <Text size="sm">{recordToText(record, { say, titleOf })}</Text>
        <Text component="div" className="hash" c="gray.7" title={stored.hash}>
          {stored.hash.slice(0, 16)}…
        </Text>
      </td>
      <td>
        <Checks stored={stored} />
      </td>
    </tr>
  );
};
