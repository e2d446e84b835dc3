import { describe, expect, test } from 'vitest';
import { verdictCodeSchema } from '#schemas/airtime.ts';
import { bulletinStateSchema } from '#schemas/entities/bulletin.ts';
import { speakerSchema, userRoleSchema } from '#schemas/entities/site.ts';
import { durationToText, factToText } from '#schemas/messages/fact-words.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem } from '#schemas/problem.ts';

const problems: { why: string; problem: Problem; vi: string; en: string }[] = [
  {
    why: 'lengths are minutes and seconds, not milliseconds',
    problem: { code: 'audioTooLong', durationMs: 5_400_000, maxMs: 3_605_000 },
    vi: 'Tệp dài 1 giờ 30 phút, quá mức cho phép 1 giờ 5 giây. Hãy cắt thành nhiều phần.',
    en: 'The file lasts 1 h 30 min, more than the 1 h 5 s allowed. Cut it into parts.',
  },
  {
    why: 'sizes are megabytes, not bytes',
    problem: { code: 'fileTooLarge', bytes: null, maxBytes: 209_715_200 },
    vi: 'Tệp lớn hơn mức cho phép 200 MB. Hãy nén hoặc cắt nhỏ tệp.',
    en: 'The file is larger than the 200 MB allowed. Compress or cut it.',
  },
  {
    why: 'roles are named as people name them',
    problem: { code: 'notAllowed', needs: 'operator, approver' },
    vi: 'Việc này cần vai trò cán bộ truyền thanh hoặc người duyệt. Hãy nhờ người có vai trò đó hoặc quản trị.',
    en: 'This needs the role operator or approver. Ask somebody who has it, or an administrator.',
  },
  {
    why: 'things and states are named as people name them',
    problem: { code: 'wrongState', what: 'bulletin', state: 'withdrawn' },
    vi: 'Không làm được việc này khi bản tin ở trạng thái “đã thu hồi”. Hãy tải lại để xem.',
    en: 'This cannot be done while the bulletin is “withdrawn”. Load it again to see.',
  },
  {
    why: 'fields that are wrong are named once, as their form names them',
    problem: {
      code: 'requestInvalid',
      issues: [
        { path: 'title', issue: 'too_small' },
        { path: 'dayparts.0.to', issue: 'invalid' },
        { path: 'dayparts.1.to', issue: 'invalid' },
      ],
    },
    vi: 'Có chỗ chưa đúng: tiêu đề, khung giờ. Hãy sửa rồi gửi lại.',
    en: 'This is not right yet: title, dayparts. Correct it and send it again.',
  },
  {
    why: 'a mistake of no field is one of the whole request',
    problem: { code: 'requestInvalid', issues: [{ path: '', issue: 'invalid' }] },
    vi: 'Có chỗ chưa đúng: toàn bộ yêu cầu. Hãy sửa rồi gửi lại.',
    en: 'This is not right yet: the request as a whole. Correct it and send it again.',
  },
];

describe('sentences of problems', () => {
  test.each(problems)('$why', ({ problem, vi, en }) => {
    expect(problemToSentence(problem, 'vi')).toBe(vi);
    expect(problemToSentence(problem, 'en')).toBe(en);
  });

  test.each([
    { durationMs: 0, vi: '0 giây' },
    { durationMs: 450, vi: '0,5 giây' },
    { durationMs: 59_999, vi: '1 phút' },
    { durationMs: 60_000, vi: '1 phút' },
    { durationMs: 350_400, vi: '5 phút 50 giây' },
  ])('a length of $durationMs ms is said as $vi', ({ durationMs, vi }) => {
    expect(durationToText(durationMs, 'vi')).toBe(vi);
  });

  test.each([
    { fact: 'needs', values: userRoleSchema.options },
    {
      fact: 'state',
      values: [...bulletinStateSchema.options, ...speakerSchema.shape.state.options],
    },
    { fact: 'verdict', values: verdictCodeSchema.options },
  ])('every $fact has its Vietnamese words', ({ fact, values }) => {
    for (const value of values) expect(factToText(fact, value, 'vi')).not.toBe(value);
  });
});
