import { NativeSelect } from '@mantine/core';

interface ChoiceFieldProps<Value extends string> {
  readonly label: string;
  readonly required?: boolean;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoice: (value: Value) => void;
}

/** One of a few; nothing that was not offered is chosen. */
export const ChoiceField = <Value extends string>(props: ChoiceFieldProps<Value>) => {
  const { label, required = false, value, choices, onChoice } = props;
  return (
    <NativeSelect
      label={label}
      required={required}
      value={value}
      data={choices.map((choice) => ({ ...choice }))}
      onChange={({ currentTarget }) => {
        const chosen = choices.find((choice) => choice.value === currentTarget.value);
        if (chosen !== undefined) onChoice(chosen.value);
      }}
    />
  );
};

/** Things with names, after an empty choice. */
export const toChoices = (
  things: readonly { readonly id: string; readonly name: string }[],
  none: string,
) => [{ value: '', label: none }, ...things.map(({ id, name }) => ({ value: id, label: name }))];
