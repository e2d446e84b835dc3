import { Checkbox, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import en from '#schemas/messages/en/approval.json' with { type: 'json' };
import vi from '#schemas/messages/vi/approval.json' with { type: 'json' };
import { answered, api } from '../../shared/api/api.ts';
import { siteQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';

const catalogues = { vi, en };

/** Whether who made a bulletin is kept from releasing it. */
export const FourEyes = () => {
  const texts = catalogues[useLanguage()];
  const { data: site } = useSuspenseQuery(siteQuery);
  /** Null until somebody chooses here: what others save meanwhile is shown. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const fourEyes = chosen ?? site.fourEyes;
  const save = useDeed(async () => {
    await answered(api.settings['four-eyes'].$post({ json: { fourEyes } }));
  }, [siteQuery.queryKey]);
  return (
    <section aria-label={texts.fourEyes}>
      <DeedForm deed={save} label={texts['fourEyes.save']}>
        <Checkbox
          label={texts['fourEyes.demand']}
          description={texts['fourEyes.hint']}
          checked={fourEyes}
          onChange={({ currentTarget }) => {
            save.reset();
            setChosen(currentTarget.checked);
          }}
        />
        {save.isSuccess && <Text role="status">{texts['fourEyes.saved']}</Text>}
      </DeedForm>
    </section>
  );
};
