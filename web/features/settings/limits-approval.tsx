import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import en from '#schemas/messages/en/approval.json' with { type: 'json' };
import { fillSentence } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/approval.json' with { type: 'json' };
import { useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { limitsApprovalQuery } from './settings-queries.ts';

const catalogues = { vi, en };

/** Who set the limits in force that speakers keep by themselves, and which approver loosened them last. */
export const LimitsApproval = () => {
  const texts = catalogues[useLanguage()];
  const times = useLocalTimes();
  const { data } = useSuspenseQuery(limitsApprovalQuery);
  const { changed, approved } = data;
  const facts = ({ by, atMs }: NonNullable<typeof changed>) => ({
    who: by ?? texts['limits.system'],
    when: times.dayAndTime(atMs),
  });
  return (
    <Stack gap={0} mt="md" data-limits-approval>
      <Text size="sm">
        {changed === null
          ? texts['limits.neverSet']
          : fillSentence(texts['limits.changed'], facts(changed))}
      </Text>
      <Text size="sm">
        {approved === null
          ? texts['limits.neverLoosened']
          : fillSentence(texts['limits.approved'], facts(approved))}
      </Text>
    </Stack>
  );
};
