import { expect, test } from 'vitest';
import { fileEnding } from '#content/containers/file-ending.ts';

test.each([
  { head: 'RIFF\x24\x08\0\0WAVEfmt ', ending: 'wav' },
  { head: '\0\0\0\x20ftypM4A \0\0\0\0', ending: 'm4a' },
  { head: '\0\0\0\x20ftypisom\0\0\0\0', ending: 'mp4' },
  { head: 'ID3\x04\0\0\0\0\0\0', ending: 'mp3' },
  { head: '\xff\xfb\x90\x64', ending: 'mp3' },
  { head: '\xff\xf1\x50\x80', ending: 'aac' },
  { head: '\x1a\x45\xdf\xa3\x9fB\x86\x81', ending: 'webm' },
  { head: 'TTA1\x01\0', ending: 'tta' },
  { head: 'Creative Voice File\x1a', ending: 'voc' },
  { head: '\x0b\x77\x1c\x2a', ending: 'ac3' },
  { head: 'nothing of it', ending: 'bin' },
  { head: '', ending: 'bin' },
])(
  'what was brought is kept under the ending that programs know it by: $ending',
  ({ head, ending }) => {
    expect(fileEnding(Buffer.from(head, 'latin1'))).toBe(ending);
  },
);
