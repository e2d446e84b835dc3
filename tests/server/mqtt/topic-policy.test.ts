import { describe, expect, it } from 'vitest';
import { type TopicName, type TopicRule, topicOf, topics } from '#schemas/topics.ts';
import { isGranted, type TopicAction, topicGrants } from '#server/mqtt/topic-policy.ts';

const site = 'xa-mau';
const me = '01900000-0000-7000-8000-000000000001';
const other = '01900000-0000-7000-8000-000000000002';
const document = 'a'.repeat(64);
const names = Object.keys(topics) as TopicName[];
const actions: readonly TopicAction[] = ['publish', 'subscribe', 'receive'];

const parties = [
  { who: 'server', grants: topicGrants({ kind: 'server', site }) },
  { who: 'speaker', grants: topicGrants({ kind: 'speaker', site, speaker: me }) },
] as const;

/** The right as the table says it, spelled out a second time. */
const expected = (who: 'server' | 'speaker', action: TopicAction, rule: TopicRule): boolean => {
  const end = action === 'publish' ? rule.writer : rule.reader;
  if (who === 'server') return end === 'server';
  return end === 'speaker' || end === 'anySpeaker';
};

describe('what a party may do with a topic', () => {
  const cases = parties.flatMap((party) =>
    names.flatMap((name) => actions.map((action) => ({ ...party, name, action }))),
  );

  it.each(cases)('$who, $action, $name: as the table says', ({ who, grants, name, action }) => {
    const values = { site, speaker: me, sha256: document, emergency: me };
    const allowed = isGranted(grants, action, topicOf(name, values));
    expect(allowed).toBe(expected(who, action, topics[name]));
  });

  it.each(cases)('$who, $action, $name: never at another site', ({ grants, name, action }) => {
    const values = { site: 'another', speaker: me, sha256: document, emergency: me };
    expect(isGranted(grants, action, topicOf(name, values))).toBe(false);
  });

  it.each(names.filter((name) => topics[name].levels.includes('{speaker}')))(
    'a speaker has no right in %s of another speaker, nor of all',
    (name) => {
      const grants = topicGrants({ kind: 'speaker', site, speaker: me });
      for (const action of actions) {
        expect(isGranted(grants, action, topicOf(name, { site, speaker: other }))).toBe(false);
        expect(isGranted(grants, action, topicOf(name, { site }))).toBe(false);
      }
    },
  );

  it.each([
    '#',
    'tl/#',
    `tl/v1/${site}/#`,
    '+/+/+/+/+',
    '$SYS/#',
    '',
    '/',
    `tl/v1/${site}/plans/#`,
  ])('nobody subscribes to %j', (filter) => {
    for (const { grants } of parties) expect(isGranted(grants, 'subscribe', filter)).toBe(false);
  });
});
