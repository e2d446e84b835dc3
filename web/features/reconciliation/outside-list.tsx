import { List, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { outsideToSentence } from '#schemas/messages/reconciliation-sentences.ts';
import type { OutsideSound } from '#schemas/reconciliation.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';

/** What sounded that no plan asked for. */
export const OutsideList = ({ sounds }: { readonly sounds: readonly OutsideSound[] }) => {
  const say = useText();
  const language = useLanguage();
  const times = useLocalTimes();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  if (sounds.length === 0) return null;
  const titleOf = (id: string | null) =>
    bulletins.find((bulletin) => bulletin.id === id)?.title ?? say('bulletin.unknown');
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {say('reconciliation.outside')}
      </Text>
      <List size="sm">
        {sounds.map(({ seq, startedMs, bulletin, audibleMs, why, drill }) => (
          <List.Item key={seq}>
            {[
              startedMs === null ? say('log.undated') : times.exactTime(startedMs),
              titleOf(bulletin),
              lengthOf(audibleMs),
              outsideToSentence({ why }, language),
              ...(drill ? [say('today.drill')] : []),
            ].join(' · ')}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
};
