import { Card, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { PageDrop } from './page-drop.tsx';
import { useSendingFiles } from './sending-files.ts';
import { useSentRecordings } from './sent-recordings.ts';
import { UploadDeeds } from './upload-deeds.tsx';
import { uploadsQuery } from './upload-queries.ts';
import { type UploadOnItsWay, UploadState } from './upload-state.tsx';
import { useUploadText } from './upload-texts.ts';

const UploadRow = ({ upload }: { readonly upload: UploadOnItsWay }) => {
  const { seen, sending } = upload;
  const title = seen?.title || sending?.title || seen?.fileName || '';
  return (
    <Stack gap="xs" component="li" aria-label={title}>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Text>
      <UploadState upload={upload} title={title} />
      <UploadDeeds upload={upload} title={title} />
    </Stack>
  );
};

/**
 * The files that the person who looks on has on their way: those of this page, of another one, and
 * of before.
 */
export const UploadList = () => {
  const say = useUploadText();
  const files = useSendingFiles();
  const { data: known } = useSuspenseQuery(uploadsQuery);
  useSentRecordings(known);
  const seenOnes = known.map((seen) => ({
    key: seen.id,
    upload: { seen, sending: files.find(({ id }) => id === seen.id) },
  }));
  const unseen = files
    .filter(({ id, state }) => state !== 'whole' && !known.some((seen) => seen.id === id))
    .map((sending) => ({ key: `${sending.key}`, upload: { seen: undefined, sending } }));
  const rows = [...seenOnes, ...unseen];
  return (
    <>
      <PageDrop />
      {rows.length > 0 && (
        <Card withBorder component="section" aria-label={say('title')}>
          <Title order={2} size="h4" mb="xs">
            {say('title')}
          </Title>
          <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
            {rows.map(({ key, upload }) => (
              <UploadRow key={key} upload={upload} />
            ))}
          </Stack>
        </Card>
      )}
    </>
  );
};
