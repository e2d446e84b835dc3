import { TextInput, type TextInputProps } from '@mantine/core';

interface LineFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** A line that is typed: a text, a number or a day. */
export const LineField = ({ onText, ...rest }: LineFieldProps) => (
  <TextInput onChange={({ currentTarget }) => onText(currentTarget.value)} {...rest} />
);
