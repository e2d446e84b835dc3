import { Alert, FileInput, Text } from '@mantine/core';
import { useUploadText } from './upload-texts.ts';

interface ChosenFilesProps {
  readonly value: readonly File[];
  /** Those of them that could not be read. */
  readonly unread: readonly File[];
  /** A next version has one recording. */
  readonly most: 'one' | 'many';
  readonly onChange: (files: readonly File[]) => void;
}

/** Files that are chosen, or dropped here. */
export const ChosenFiles = ({ value, unread, most, onChange }: ChosenFilesProps) => {
  const say = useUploadText();
  const isOne = most === 'one';
  const choose = (files: readonly File[]) => onChange(isOne ? files.slice(0, 1) : files);
  return (
    <fieldset
      style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        choose([...event.dataTransfer.files]);
      }}
    >
      <FileInput<true>
        multiple
        label={say('file')}
        description={`${say('formats')} ${isOne ? '' : say('drop')}`}
        placeholder={say('choose')}
        accept="audio/*,video/*"
        required
        clearable={false}
        value={[...value]}
        onChange={choose}
      />
      {value.length > 1 && (
        <Text size="sm" role="status">
          {say('many', { count: value.length })}
        </Text>
      )}
      {unread.length > 0 && (
        <Alert color="red" variant="light" role="alert" c="red.9" mt="xs">
          {say('unread', { files: unread.map(({ name }) => name).join(', ') })}
        </Alert>
      )}
    </fieldset>
  );
};
