import { Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { campaignsQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ChoiceField } from '../../shared/ui/choice-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import type { Description } from './description.ts';
import { FactFields, ReasonField } from './fact-fields.tsx';

interface DescriptionFieldsProps {
  readonly value: Description;
  readonly onChange: (value: Description) => void;
}

/** An emergency is none by a mistake in a form; one that is one stays it. */
const offered = ({ priority }: Description): readonly Description['priority'][] =>
  priority === 'emergency' ? ['normal', 'priority', 'emergency'] : ['normal', 'priority'];

const roles = ['bulletin', 'ident', 'hotline', 'closing'] as const;

/** What it is in a session; a later version stays what the first one is. */
const RoleField = ({ value, onChange }: DescriptionFieldsProps) => {
  const say = useText();
  const sayBulletin = useBulletinText();
  if (value.replaces !== null) return null;
  return (
    <ChoiceField
      label={sayBulletin('bulletin.role')}
      value={value.role}
      choices={roles.map((role) => ({ value: role, label: say(`bulletinRole.${role}`) }))}
      onChoice={(role) => onChange({ ...value, role })}
    />
  );
};

/** Title, kind, campaigns and priority; language, supplier, units and validity; why a version is made. */
export const DescriptionFields = ({ value, onChange }: DescriptionFieldsProps) => {
  const say = useText();
  const sayBulletin = useBulletinText();
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  return (
    <>
      <TextField
        label={sayBulletin('bulletin.title')}
        maxLength={200}
        value={value.title}
        onText={(title) => onChange({ ...value, title })}
      />
      <RoleField value={value} onChange={onChange} />
      <Checkbox.Group
        label={sayBulletin('bulletin.campaigns')}
        value={value.campaigns}
        onChange={(chosen) => onChange({ ...value, campaigns: chosen })}
      >
        <Stack gap="xs" mt="xs">
          {campaigns.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label={sayBulletin('bulletin.priority')}
        data={offered(value).map((priority) => ({
          value: priority,
          label: say(`priority.${priority}`),
        }))}
        value={value.priority}
        onChange={({ currentTarget }) =>
          onChange({
            ...value,
            priority: offered(value).find((each) => each === currentTarget.value) ?? 'normal',
          })
        }
      />
      <FactFields value={value} onChange={onChange} />
      <ReasonField value={value} onChange={onChange} />
    </>
  );
};

/** Whether it goes to the approver at once. */
export const SubmitNow = ({ value, onChange }: DescriptionFieldsProps) => {
  const sayBulletin = useBulletinText();
  return (
    <Checkbox
      label={sayBulletin('bulletin.submitNow')}
      checked={value.submit}
      onChange={({ currentTarget }) => onChange({ ...value, submit: currentTarget.checked })}
    />
  );
};
