import { describe, expect, test } from 'vitest';
import { parseTopic, type TopicName, topicOf, topics } from '#schemas/topics.ts';

const values = {
  site: 'xa-binh-minh',
  speaker: '0199a1b2-0000-7000-8000-000000000001',
  sha256: 'a'.repeat(64),
  emergency: '0199a1b2-0000-7000-8000-000000000002',
};
const names = Object.keys(topics) as TopicName[];

describe('the topic table', () => {
  test.each(names)('a written %s topic is read back as itself', (name) => {
    const parsed = parseTopic(topicOf(name, values));
    expect(parsed?.name).toBe(name);
    expect(values).toMatchObject(parsed?.values ?? { site: 'none' });
  });

  test('no two topics can be mistaken for one another', () => {
    const written = names.map((name) => topicOf(name, values));
    expect(new Set(written).size).toBe(names.length);
  });

  test.each(names)('%s has one writer and another reader', (name) => {
    expect(topics[name].writer).not.toBe(topics[name].reader);
  });

  test.each([
    { topic: '', why: 'empty' },
    { topic: 'tl/v1//speakers/x/pointer', why: 'an empty site' },
    { topic: 'tl/v2/a-site/speakers/x/pointer', why: 'another version of the contract' },
    { topic: 'tl/v1/a-site/speakers/+/pointer', why: 'a filter is no topic' },
    { topic: 'tl/v1/a-site/speakers/x/pointer/more', why: 'a level too many' },
    { topic: '$SYS/broker/uptime', why: "the broker's own" },
  ])('$topic is none of ours: $why', ({ topic }) => {
    expect(parseTopic(topic)).toBeUndefined();
  });
});
