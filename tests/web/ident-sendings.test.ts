import { expect, test } from 'vitest';
import { EVERYWHERE, identTexts } from '../../web/features/bulletins/idents/ident-sendings.ts';

const places = [
  { id: EVERYWHERE, name: 'Toàn hệ thống' },
  { id: 'a', name: 'Thôn 1' },
  { id: 'b', name: 'Thôn 2' },
  { id: 'c', name: 'Thôn 1' },
];

test.each([
  {
    why: 'with the name of the unit, units of one name share one',
    text: 'Đài truyền thanh {don-vi}.',
    sent: [
      { title: 'Mở đầu: Toàn hệ thống', units: [] },
      { title: 'Mở đầu: Thôn 1', units: ['a', 'c'] },
      { title: 'Mở đầu: Thôn 2', units: ['b'] },
    ],
  },
  {
    why: 'without it, all units share one',
    text: 'Xin chào bà con.',
    sent: [
      { title: 'Mở đầu: Toàn hệ thống', units: [] },
      { title: 'Mở đầu', units: ['a', 'b', 'c'] },
    ],
  },
])(
  'no unit is left without its ident because another one sounds the same: $why',
  ({ text, sent }) => {
    const role = 'ident' as const;
    const made = identTexts({ name: 'Mở đầu', text, role }, places);
    expect(made).toEqual(sent.map((each) => ({ ...each, text, role })));
  },
);
