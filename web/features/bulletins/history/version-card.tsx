import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useLocalTimes } from '../../../shared/local-time.ts';
import { useText } from '../../../shared/texts/texts.ts';
import { useBulletinText } from '../bulletin-texts.ts';
import { wordDiff } from './word-diff.ts';

const Difference = ({ older, newer }: { readonly older: Bulletin; readonly newer: Bulletin }) => {
  const say = useBulletinText();
  const pieces = wordDiff(older.script ?? '', newer.script ?? '');
  let at = 0;
  const placed = pieces.map((piece) => {
    at += piece.text.length;
    return { ...piece, at };
  });
  return (
    <>
      <Text size="xs" c="gray.7">
        {say('history.changes', { version: older.version })}
      </Text>
      <Text size="sm" lang={newer.language} style={{ whiteSpace: 'pre-line' }}>
        {placed.map(({ kind, text, at: key }) => {
          if (kind === 'same') return text;
          if (kind === 'gone') return <del key={key}>{text}</del>;
          return (
            <ins key={key} style={{ background: 'var(--mantine-color-green-1)' }}>
              {text}
            </ins>
          );
        })}
      </Text>
    </>
  );
};

interface VersionCardProps {
  readonly bulletin: Bulletin;
  readonly older: Bulletin | undefined;
  /** Who made it. */
  readonly by: string;
}

/** One version: who made it when and why, what it says, how it sounds, and by which name it is logged. */
export const VersionCard = ({ bulletin, older, by }: VersionCardProps) => {
  const say = useBulletinText();
  const sayState = useText();
  const times = useLocalTimes();
  const { version, script, versionReason, clip, state } = bulletin;
  const hasDifference = typeof older?.script === 'string' && script !== null;
  return (
    <Card component="article" withBorder aria-label={say('history.version', { version })}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {say('history.version', { version })}
          </Title>
          <Badge variant="default">{sayState(`bulletinState.${state}`)}</Badge>
        </Group>
        <Text size="sm" c="gray.7">
          {say('history.made', { by, when: times.dayAndTime(bulletin.createdMs) })}
        </Text>
        {versionReason !== null && (
          <Text size="sm">{say('history.reason', { reason: versionReason })}</Text>
        )}
        {hasDifference && <Difference older={older} newer={bulletin} />}
        {!hasDifference && (
          <Text size="sm" lang={bulletin.language} style={{ whiteSpace: 'pre-line' }}>
            {script ?? say('history.noScript')}
          </Text>
        )}
        {/* biome-ignore lint/a11y/useMediaCaption: the script above is what is said. */}
        <audio
          controls
          preload="none"
          src={`/api/bulletins/${bulletin.id}/audio`}
          aria-label={say('history.listen', { version })}
          style={{ width: '100%', height: 36 }}
        />
        <Text size="xs" c="gray.7" style={{ overflowWrap: 'anywhere' }}>
          {say('history.clip', { clip })}
        </Text>
      </Stack>
    </Card>
  );
};
