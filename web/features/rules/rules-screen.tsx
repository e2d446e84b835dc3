import { Button, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Programme } from '#schemas/entities/programme.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { Screen } from '../../shared/ui/screen.tsx';
import type { Cap } from './airtime-queries.ts';
import { CapList } from './cap-list.tsx';
import { DirectiveTable } from './directive-table.tsx';
import { ProgrammeList } from './programme-list.tsx';
import { RuleList } from './rule-list.tsx';

const DirectiveForm = lazy(async () => ({
  default: (await import('./directive-form.tsx')).DirectiveForm,
}));
const CampaignForm = lazy(async () => ({
  default: (await import('./campaign-form.tsx')).CampaignForm,
}));
const RuleForm = lazy(async () => ({ default: (await import('./rule-form.tsx')).RuleForm }));
const CapForm = lazy(async () => ({ default: (await import('./cap-form.tsx')).CapForm }));

const ProgrammeForm = lazy(async () => ({
  default: (await import('./programme-form.tsx')).ProgrammeForm,
}));

type Open =
  | {
      readonly title:
        | 'directive.create'
        | 'campaign.create'
        | 'rule.create'
        | 'cap.create'
        | 'programme.create';
    }
  | { readonly title: 'programme.change'; readonly programme: Programme }
  | { readonly title: 'rule.change'; readonly rule: AirtimeRule }
  | { readonly title: 'cap.change'; readonly cap: Cap };

const OpenForm = ({ open, onDone }: { readonly open: Open; readonly onDone: () => void }) => {
  switch (open.title) {
    case 'directive.create':
      return <DirectiveForm onDone={onDone} />;
    case 'campaign.create':
      return <CampaignForm onDone={onDone} />;
    case 'rule.create':
      return <RuleForm onDone={onDone} />;
    case 'cap.create':
      return <CapForm onDone={onDone} />;
    case 'programme.create':
      return <ProgrammeForm onDone={onDone} />;
    case 'programme.change':
      return <ProgrammeForm programme={open.programme} onDone={onDone} />;
    case 'rule.change':
      return <RuleForm rule={open.rule} onDone={onDone} />;
    case 'cap.change':
      return <CapForm cap={open.cap} onDone={onDone} />;
  }
};

/** What whoever is signed in may enter. Source: server/http/routes/airtime.ts. */
const useMayEnter = () => {
  const operates = useHasRole('operator');
  const approves = useHasRole('approver');
  const administers = useHasRole('administrator');
  return {
    directives: operates || approves || administers,
    rules: approves || administers,
    caps: approves || administers,
  };
};

/** Directives, the rules that follow from them, and the caps and programmes that stand against them. */
export const RulesScreen = () => {
  const say = useText();
  const may = useMayEnter();
  const [open, setOpen] = useState<Open | null>(null);
  const offered = [
    ...(may.rules ? (['rule.create'] as const) : []),
    ...(may.caps ? (['cap.create'] as const) : []),
    ...(may.rules ? (['programme.create'] as const) : []),
    ...(may.directives ? (['directive.create', 'campaign.create'] as const) : []),
  ];
  return (
    <Screen
      title={say('place.rules')}
      deeds={offered.map((title, index) => (
        <Button
          key={title}
          variant={index === 0 ? 'filled' : 'default'}
          onClick={() => setOpen({ title })}
        >
          {say(title)}
        </Button>
      ))}
    >
      <Title order={2} size="h4">
        {say('rules.list')}
      </Title>
      <RuleList
        onChange={may.rules ? (rule) => setOpen({ title: 'rule.change', rule }) : undefined}
      />
      <Title order={2} size="h4">
        {say('caps.list')}
      </Title>
      <CapList onChange={may.caps ? (cap) => setOpen({ title: 'cap.change', cap }) : undefined} />
      <Title order={2} size="h4">
        {say('programmes.list')}
      </Title>
      <ProgrammeList
        onChange={
          may.rules ? (programme) => setOpen({ title: 'programme.change', programme }) : undefined
        }
      />
      <Title order={2} size="h4">
        {say('directives.list')}
      </Title>
      <DirectiveTable />
      {open !== null && (
        <Dialogue title={say(open.title)} onClose={() => setOpen(null)}>
          <Suspense>
            <OpenForm open={open} onDone={() => setOpen(null)} />
          </Suspense>
        </Dialogue>
      )}
    </Screen>
  );
};
