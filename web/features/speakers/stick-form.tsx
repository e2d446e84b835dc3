import { Button, FileButton, NativeSelect, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { bodyToRefused } from '../../shared/api/refused.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { Refusal } from '../../shared/ui/refusal.tsx';

/** The browser itself keeps the bundle, which may be large; a refusal is shown here instead. */
const download = async (unit: string): Promise<void> => {
  const url = api.bundle.$url({ query: { unit } });
  const asked = new AbortController();
  const response = await fetch(url, { signal: asked.signal });
  if (!response.ok) throw bodyToRefused(await response.text());
  asked.abort();
  window.location.assign(url);
};

/** Logs from the stick, one after the other; how many records were new. */
const take = async (files: readonly File[]): Promise<number> => {
  let stored = 0;
  for (const body of files) {
    const init = { method: 'POST', body } as const;
    const taken = await answered(api.bundle.logs.$post({}, { init }));
    stored += taken.stored;
  }
  return stored;
};

/** A bundle for a USB stick, and the logs that come back on it. */
export const StickForm = () => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [chosen, setChosen] = useState<string>();
  const unit = chosen ?? units[0]?.id ?? '';
  const write = useDeed(() => download(unit), []);
  const bring = useDeed(take, []);
  return (
    <Stack>
      <DeedForm deed={write} label={say('stick.write')} isIncomplete={unit === ''}>
        <NativeSelect
          label={say('stick.unit')}
          data={units.map(({ id, name }) => ({ value: id, label: name }))}
          value={unit}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <Text size="sm">{say('stick.how')}</Text>
      </DeedForm>
      <FileButton
        multiple
        accept=".log"
        onChange={(files) => files.length > 0 && bring.mutate(files)}
      >
        {(props) => (
          <Button {...props} variant="default" loading={bring.isPending}>
            {say('stick.take')}
          </Button>
        )}
      </FileButton>
      {bring.data !== undefined && (
        <Text role="status">{say('stick.taken', { stored: bring.data })}</Text>
      )}
      <Refusal error={bring.error} />
    </Stack>
  );
};
