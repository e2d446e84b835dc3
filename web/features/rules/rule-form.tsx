import { SimpleGrid } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { answered, api } from '../../shared/api/api.ts';
import { checkRule } from '../../shared/api/entry-finding.ts';
import { campaignsQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { CheckedForm } from '../../shared/ui/checked-form.tsx';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { DaypartsField } from '../../shared/ui/dayparts-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { useNow } from '../../shared/use-now.ts';
import { directivesQuery } from './airtime-queries.ts';
import { FromToFields } from './from-to-fields.tsx';
import {
  draftToRequest,
  newRuleDraft,
  type RuleDraft,
  type RuleFieldsProps,
  ruleToDraft,
} from './rule-draft.ts';
import { RuleMoreFields } from './rule-more-fields.tsx';
import { RuleOwners } from './rule-owners.tsx';
import { topUnit } from './top-unit.ts';
import { WeekdaysField } from './weekdays-field.tsx';

const pers = ['day', 'week', 'everyDays'] as const;

interface RuleFormProps {
  /** The version to be changed; without one the rule is new. */
  readonly rule?: AirtimeRule;
  readonly onDone: () => void;
}

const Source = ({ draft, onChange }: RuleFieldsProps) => {
  const say = useText();
  const { data: directives } = useSuspenseQuery(directivesQuery);
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const named = directives.map(({ id, number, abstract }) => ({
    id,
    name: `${number} · ${abstract}`,
  }));
  return (
    <>
      <ChoiceField
        label={say('rule.directive')}
        value={draft.directive}
        choices={toChoices(named.toReversed(), say('directive.none'))}
        onChoice={(directive) => onChange({ directive })}
      />
      <ChoiceField
        label={say('campaign')}
        required
        value={draft.campaign}
        choices={toChoices(campaigns.toReversed(), '')}
        onChoice={(campaign) => onChange({ campaign })}
      />
    </>
  );
};

const Demand = ({ draft, onChange }: RuleFieldsProps) => {
  const say = useText();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <LineField
        label={say('rule.minOccurrences')}
        type="number"
        required
        min={1}
        max={96}
        value={draft.minOccurrences}
        onText={(minOccurrences) => onChange({ minOccurrences })}
      />
      <ChoiceField
        label={say('rule.per')}
        value={draft.per}
        choices={pers.map((value) => ({ value, label: say(`rulePer.${value}`) }))}
        onChoice={(per) => onChange({ per })}
      />
      {draft.per === 'everyDays' && (
        <LineField
          label={say('rule.everyDays')}
          type="number"
          required
          min={1}
          max={366}
          value={draft.everyDays}
          onText={(everyDays) => onChange({ everyDays })}
        />
      )}
      <LineField
        label={say('rule.minMinutes')}
        type="number"
        min={0.5}
        max={1440}
        step="any"
        value={draft.minMinutes}
        onText={(minMinutes) => onChange({ minMinutes })}
      />
      <FromToFields draft={draft} toLabel={say('rule.to')} onChange={onChange} />
    </SimpleGrid>
  );
};

/** A new rule, or a new version of one, with its conflicts shown before it is saved. */
export const RuleForm = ({ rule, onDone }: RuleFormProps) => {
  const say = useText();
  const today = useLocalTimes().day(useNow());
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [draft, setDraft] = useState<RuleDraft>(() =>
    rule === undefined
      ? { ...newRuleDraft(today), unit: topUnit(units) }
      : ruleToDraft(rule, today),
  );
  const onChange = (changed: Partial<RuleDraft>) => setDraft({ ...draft, ...changed });
  const request = () => draftToRequest(draft, rule?.id);
  return (
    <CheckedForm
      value={draft}
      check={async () => (await checkRule(request())).findings}
      save={(confirmed) => answered(api.rules.$post({ json: { ...request(), confirmed } }))}
      onDone={onDone}
    >
      <Source draft={draft} onChange={onChange} />
      <RuleOwners draft={draft} onChange={onChange} />
      <Demand draft={draft} onChange={onChange} />
      {rule !== undefined && (
        <LineField
          label={say('rule.versionFrom')}
          type="date"
          required
          value={draft.versionFrom}
          onText={(versionFrom) => onChange({ versionFrom })}
        />
      )}
      <WeekdaysField
        label={say('rule.weekdays')}
        value={draft.weekdays}
        onChange={(weekdays) => onChange({ weekdays })}
      />
      <DaypartsField
        label={say('rule.dayparts')}
        value={draft.dayparts}
        onChange={(dayparts) => onChange({ dayparts })}
      />
      <RuleMoreFields draft={draft} onChange={onChange} rule={rule?.id} />
    </CheckedForm>
  );
};
