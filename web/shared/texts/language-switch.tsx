import { SegmentedControl } from '@mantine/core';
import { chooseLanguage, useLanguage } from './language.ts';
import { useText } from './texts.ts';

/** Vietnamese or English. */
export const LanguageSwitch = () => {
  const say = useText();
  return (
    <SegmentedControl
      size="xs"
      aria-label={say('language')}
      value={useLanguage()}
      onChange={(value) => void chooseLanguage(value === 'en' ? 'en' : 'vi')}
      data={[
        { value: 'vi', label: 'Tiếng Việt' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
};
