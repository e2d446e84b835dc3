import { Button, Checkbox, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { EntryFinding } from '../api/entry-finding.ts';
import { useDeed } from '../api/use-deed.ts';
import { useText } from '../texts/texts.ts';
import { EntryFindings } from './entry-findings.tsx';
import { Refusal } from './refusal.tsx';

interface CheckedFormProps {
  /** What the fields hold now; another value is checked anew. */
  readonly value: object;
  readonly check: () => Promise<readonly EntryFinding[]>;
  /** Saves, with the codes of the findings that were read and confirmed. */
  readonly save: (confirmed: string[]) => Promise<unknown>;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** Fields that are checked before they are saved: first what they would do is shown, then they are. */
export const CheckedForm = ({ value, check, save, onDone, children }: CheckedFormProps) => {
  const say = useText();
  const client = useQueryClient();
  const [checked, setChecked] = useState<{ of: object; findings: readonly EntryFinding[] }>();
  const [isConfirmed, setConfirmed] = useState(false);
  const checking = useDeed(async (of: object) => {
    setConfirmed(false);
    setChecked({ of, findings: await check() });
  }, []);
  const saving = useDeed(async (findings: readonly EntryFinding[]) => {
    await save(findings.map(({ code }) => code));
    await client.invalidateQueries();
    onDone();
  }, []);
  const findings = checked?.of === value ? checked.findings : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.reset();
        checking.mutate(value);
      }}
    >
      <Stack>
        {children}
        <Refusal error={checking.error ?? saving.error} />
        {findings !== undefined && <EntryFindings findings={findings} />}
        {findings !== undefined && findings.length > 0 && (
          <Checkbox
            label={say('entry.confirm')}
            checked={isConfirmed}
            onChange={({ currentTarget }) => setConfirmed(currentTarget.checked)}
          />
        )}
        {findings === undefined ? (
          <Button type="submit" loading={checking.isPending}>
            {say('entry.check')}
          </Button>
        ) : (
          <Button
            disabled={findings.length > 0 && !isConfirmed}
            loading={saving.isPending}
            onClick={() => saving.mutate(findings)}
          >
            {say('entry.save')}
          </Button>
        )}
      </Stack>
    </form>
  );
};
