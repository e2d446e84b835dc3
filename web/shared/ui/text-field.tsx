import { TextInput, type TextInputProps } from '@mantine/core';

interface TextFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** A line of text that must not be empty. */
export const TextField = ({ onText, ...rest }: TextFieldProps) => (
  <TextInput required onChange={({ currentTarget }) => onText(currentTarget.value)} {...rest} />
);
