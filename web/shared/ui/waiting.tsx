import { Loader } from '@mantine/core';
import { useText } from '../texts/texts.ts';

/** Something is on its way. */
export const Waiting = () => {
  const say = useText();
  return <Loader role="status" aria-label={say('loading')} data-waiting />;
};
