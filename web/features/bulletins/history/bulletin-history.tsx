import { List, Stack, Text, Textarea, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../../shared/api/api.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../../shared/local-time.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { type SayBulletin, useBulletinText } from '../bulletin-texts.ts';
import { threadQuery } from './thread-query.ts';
import { VersionCard } from './version-card.tsx';

const CommentForm = ({ id }: { readonly id: string }) => {
  const say = useBulletinText();
  const [text, setText] = useState('');
  const send = useDeed(async () => {
    await answered(api.bulletins[':id'].comments.$post({ param: { id }, json: { text } }));
    setText('');
  }, [threadQuery(id).queryKey]);
  return (
    <DeedForm deed={send} label={say('comment.send')} isIncomplete={text.trim() === ''}>
      <Textarea
        label={say('comment.text')}
        description={say('comment.hint')}
        maxLength={2000}
        autosize
        minRows={2}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </DeedForm>
  );
};

const nameOf = (by: string | null, say: SayBulletin): string => by ?? say('thread.system');

/** All versions of a bulletin, newest first, what happened to them, and what people write about them. */
export const BulletinHistory = ({ id }: { readonly id: string }) => {
  const say = useBulletinText();
  const times = useLocalTimes();
  const { data } = useSuspenseQuery(threadQuery(id));
  const { versions, entries } = data;
  const madeBy = (version: string) =>
    entries.find(({ bulletin }) => bulletin === version)?.by ?? null;
  return (
    <Stack>
      {versions.toReversed().map((bulletin) => (
        <VersionCard
          key={bulletin.id}
          bulletin={bulletin}
          older={versions.find(({ version }) => version === bulletin.version - 1)}
          by={nameOf(madeBy(bulletin.id), say)}
        />
      ))}
      <Title order={3} size="h5">
        {say('thread.title')}
      </Title>
      <List size="sm">
        {entries.map(({ id: key, deed, version, by, atMs, text }) => (
          <List.Item key={key} data-deed={deed}>
            {times.dayAndTime(atMs)} – {say(`thread.${deed}`, { by: nameOf(by, say), version })}
            {text !== null && (
              <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
                {text}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      <CommentForm id={id} />
    </Stack>
  );
};
