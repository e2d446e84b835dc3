import {
  type TopicName,
  type TopicRule,
  type TopicValues,
  topicOf,
  topics,
} from '#schemas/topics.ts';

/** Who stands at the broker: this site's server, or one of its speakers. */
export type BrokerParty =
  | { readonly kind: 'server'; readonly site: string }
  | { readonly kind: 'speaker'; readonly site: string; readonly speaker: string };

export type TopicAction = 'publish' | 'subscribe' | 'receive';

/** A right: to do this with every topic that the filter covers; its only wildcard is `+`. */
export interface TopicGrant {
  readonly action: TopicAction;
  readonly filter: string;
}

/**
 * Every right of a party, read off the topic table and nothing else. A speaker has the topics that
 * name it, and may read what any speaker reads.
 * Source: DESIGN.md, contracts, topics.
 */
export const topicGrants = (party: BrokerParty): readonly TopicGrant[] =>
  Object.entries(topics).flatMap(([name, rule]) =>
    grantsOfRule(party, rule, topicOf(name as TopicName, partyValues(party))),
  );

const partyValues = (party: BrokerParty): TopicValues =>
  party.kind === 'server' ? { site: party.site } : { site: party.site, speaker: party.speaker };

const grantsOfRule = (party: BrokerParty, rule: TopicRule, filter: string): TopicGrant[] => {
  const isParty = (end: TopicRule['writer']) =>
    end === party.kind || (end === 'anySpeaker' && party.kind === 'speaker');
  const grants: TopicGrant[] = [];
  if (isParty(rule.writer)) grants.push({ action: 'publish', filter });
  if (isParty(rule.reader)) {
    grants.push({ action: 'subscribe', filter }, { action: 'receive', filter });
  }
  return grants;
};

/** Whether one of the grants allows the action; of `subscribe`, `topic` is a filter itself. */
export const isGranted = (
  grants: readonly TopicGrant[],
  action: TopicAction,
  topic: string,
): boolean => {
  if (action !== 'subscribe' && /[+#]/.test(topic)) return false;
  return grants.some((grant) => grant.action === action && covers(grant.filter, topic));
};

const covers = (filter: string, topic: string): boolean => {
  const wanted = filter.split('/');
  const found = topic.split('/');
  return (
    wanted.length === found.length &&
    wanted.every((level, index) => {
      const part = found[index] ?? '';
      return level === '+' ? part !== '' && part !== '#' : level === part;
    })
  );
};
