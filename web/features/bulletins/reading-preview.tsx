import { Alert, Button, Card, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { speechPieces } from '#core/speech/speech-pieces.ts';
import type { SpeechManner, SpeechPreview, SpokenText } from '#schemas/speech.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';

import { Refusal } from '../../shared/ui/refusal.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { useHotlineText } from './hotlines/hotline-texts.ts';

/** Pauses are heard and not worth a mark. */
const isMarked = (change: SpokenText['changes'][number] | null): boolean =>
  change !== null && change.kind !== 'pause';

/** The words that will be said; above each that was written otherwise stands how. */
const SpokenWords = ({ read }: { readonly read: SpokenText }) => (
  <Text lang="vi" style={{ whiteSpace: 'pre-line', lineHeight: 2.4 }}>
    {speechPieces(read).map(({ text, change, at }) =>
      change === null || !isMarked(change) ? (
        text
      ) : (
        <mark key={at} style={{ background: 'var(--mantine-color-yellow-2)' }}>
          <ruby>
            {text}
            <rt style={{ fontSize: 11 }}>{read.source.slice(change.from, change.to)}</rt>
          </ruby>
        </mark>
      ),
    )}
  </Text>
);

/** The placeholders that nobody has a number or a name for. */
const MissingNumbers = ({ numbers }: Pick<SpeechPreview, 'numbers'>) => {
  const say = useHotlineText();
  const missing = Object.keys(numbers).filter((key) => numbers[key] === null);
  if (missing.length === 0) return null;
  const keys = missing.filter((key) => key !== UNIT_NAME_KEY);
  const placeholders = keys.map((key) => `{${key}}`).join(', ');
  return (
    <Alert color="orange" variant="light" c="dark" role="alert">
      {keys.length > 0 && <Text size="sm">{say('missing', { placeholders })}</Text>}
      {keys.length < missing.length && <Text size="sm">{say('missingName')}</Text>}
    </Alert>
  );
};

interface ReadingPreviewProps {
  readonly text: string;
  readonly manner: SpeechManner;
  /** The units that it is for; none named: all of them. */
  readonly units: readonly string[];
}

/** Shows on demand how a script will be read, with each change marked, until the script changes. */
export const ReadingPreview = ({ text, manner, units }: ReadingPreviewProps) => {
  const say = useBulletinText();
  const asked = JSON.stringify([text, manner.usage, manner.repeats, units]);
  const [shown, setShown] = useState<{ asked: string; read: SpeechPreview } | null>(null);
  const preview = useDeed(async () => {
    const read = await answered(
      api.speech.preview.$post({ json: { text, manner, units: [...units] } }),
    );
    setShown({ asked, read });
  }, []);
  const read = shown?.asked === asked ? shown.read : null;
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        disabled={text.trim() === ''}
        loading={preview.isPending}
        onClick={() => preview.mutate(undefined)}
      >
        {say('reading.show')}
      </Button>
      <Refusal error={preview.error} />
      {read !== null && <MissingNumbers numbers={read.numbers} />}
      {read !== null && (
        <Card withBorder component="section" aria-label={say('reading.title')}>
          <Text size="sm" c="gray.7">
            {say('reading.changes', { count: read.changes.filter(isMarked).length })}
          </Text>
          <SpokenWords read={read} />
        </Card>
      )}
    </Stack>
  );
};
