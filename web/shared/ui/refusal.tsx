import { Alert } from '@mantine/core';
import { errorToSentence } from '../api/refused.ts';
import { useLanguage } from '../texts/language.ts';

/** Says why something failed, when it did. */
export const Refusal = ({ error }: { readonly error: unknown }) => {
  const language = useLanguage();
  if (error === null || error === undefined) return null;
  return (
    <Alert color="red" variant="light" role="alert" c="red.9">
      {errorToSentence(error, language)}
    </Alert>
  );
};
