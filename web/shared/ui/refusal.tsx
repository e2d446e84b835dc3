import { Alert } from '@mantine/core';
import { errorToText } from '../api/refused.ts';
import { useLanguage } from '../texts/language.ts';
import { useText } from '../texts/texts.ts';

/** Says why something failed, when it did. */
export const Refusal = ({ error }: { readonly error: unknown }) => {
  const language = useLanguage();
  const say = useText();
  if (error === null || error === undefined) return null;
  return (
    <Alert color="red" variant="light" role="alert" c="red.9">
      {errorToText(error, language, say)}
    </Alert>
  );
};
