import type { TopicAction, TopicGrant } from './topic-policy.ts';

/** One line of a role in Mosquitto's dynamic security plugin. */
export interface DynamicSecurityAcl {
  readonly acltype: string;
  readonly topic: string;
  readonly priority: number;
  readonly allow: boolean;
}

const aclTypes: Readonly<Record<TopicAction, string>> = {
  publish: 'publishClientSend',
  subscribe: 'subscribePattern',
  receive: 'publishClientReceive',
};

const allow = (acltype: string, topic: string): DynamicSecurityAcl => ({
  acltype,
  topic,
  priority: 0,
  allow: true,
});

/** The rights as the plugin writes them. */
export const grantsToAcls = (grants: readonly TopicGrant[]): readonly DynamicSecurityAcl[] =>
  grants.map((grant) => allow(aclTypes[grant.action], grant.filter));

/** Where the plugin takes commands, and where it answers. */
export const CONTROL_TOPIC = '$CONTROL/dynamic-security/v1';
export const CONTROL_RESPONSE_TOPIC = `${CONTROL_TOPIC}/response`;

/** The right to let speakers in and shut them out. */
export const controlAcls: readonly DynamicSecurityAcl[] = [
  allow('publishClientSend', CONTROL_TOPIC),
  allow('subscribePattern', CONTROL_RESPONSE_TOPIC),
  allow('publishClientReceive', CONTROL_RESPONSE_TOPIC),
];

/** The name of the role that a speaker has for itself. */
export const speakerRole = (speaker: string): string => `speaker-${speaker}`;
