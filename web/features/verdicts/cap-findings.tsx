import { Alert, List } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { capFindingToSentence } from '#schemas/messages/airtime-sentences.ts';
import type { CapFinding } from '#schemas/verdict.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';

/** The caps that were broken, whatever the verdicts. */
export const CapFindings = ({ findings }: { readonly findings: readonly CapFinding[] }) => {
  const say = useText();
  const language = useLanguage();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  if (findings.length === 0) return null;
  return (
    <Alert color="red" variant="light" c="dark" title={say('capFindings.list')}>
      <List size="sm">
        {findings.map((finding) => {
          const { cap, speaker, code, day, session } = finding;
          const name = speakers.find(({ id }) => id === speaker)?.name ?? speaker;
          return (
            <List.Item key={`${cap} ${speaker} ${code} ${day} ${session}`} data-breach={code}>
              {name}: {capFindingToSentence(finding, language)}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
};
