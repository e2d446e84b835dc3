import { Button, TextInput } from '@mantine/core';
import en from '#schemas/messages/en/lists.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/lists.json' with { type: 'json' };

const catalogues = { vi, en } as const;

interface FindFieldProps {
  readonly language: Language;
  readonly label: string;
  readonly wanted: string;
  readonly onWanted: (wanted: string) => void;
  readonly shown: number;
  readonly count: number;
}

/** The search of a list that is not drawn whole, and how much of it is shown. */
export const FindField = ({ language, label, wanted, onWanted, ...facts }: FindFieldProps) => (
  <TextInput
    type="search"
    maw={360}
    label={fillSentence(catalogues[language]['list.find'], { list: label })}
    description={fillSentence(catalogues[language]['list.shown'], facts)}
    value={wanted}
    onChange={({ currentTarget }) => onWanted(currentTarget.value)}
  />
);

interface ShowMoreProps {
  readonly label: string;
  readonly onMore: () => void;
}

/** Has more of a list drawn. */
export const ShowMore = ({ label, onMore }: ShowMoreProps) => (
  <Button variant="default" onClick={onMore}>
    {label}
  </Button>
);
