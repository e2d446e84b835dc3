import type { AedesOptions, AuthenticateError, Client } from 'aedes';
import type { Logger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import { isGranted, type TopicAction, type TopicGrant, topicGrants } from './topic-policy.ts';

/** MQTT 3.1.1, 3.2.2.3: bad user name or password. */
const RETURN_CODE_BAD_SECRET = 4;
/** MQTT 3.1.1, 3.1.2.2. */
const PROTOCOL_LEVEL = 4;

/** The speaker whose secret has this SHA-256; undefined for none, or one that was removed. */
export type SpeakerBySecretHash = (secretHash: string) => Promise<string | undefined>;

export interface EmbeddedRightsInput {
  readonly site: string;
  readonly speakerBySecretHash: SpeakerBySecretHash;
  readonly log: Logger;
}

type Hooks = Required<
  Pick<
    AedesOptions,
    'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>;

/**
 * Who comes in and what it may do. The user name is the client id too, so that no speaker can take
 * over another's connection. Every session is clean: what a speaker must know is retained or asked
 * for again, and nothing piles up for one that stays away. Nobody but the server sends without
 * having signed in. Secrets are random and long, so that they are found by their hash.
 */
export const embeddedRights = (input: EmbeddedRightsInput): Hooks => {
  const grantsByClient = new WeakMap<Client, readonly TopicGrant[]>();
  const may = (client: Client, action: TopicAction, topic: string): boolean => {
    const allowed = isGranted(grantsByClient.get(client) ?? [], action, topic);
    if (!allowed) input.log.warn({ event: 'topicRefused', client: client.id, action, topic });
    return allowed;
  };
  return {
    preConnect: (_client, packet, callback) => {
      packet.clean = true;
      packet.clientId = packet.username ?? '';
      callback(null, packet.protocolVersion === PROTOCOL_LEVEL);
    },
    authenticate: (client, ...[username, password, done]) => {
      signIn(input, username, password)
        .then((grants) => {
          if (grants === undefined) return done(badSecret(), false);
          grantsByClient.set(client, grants);
          done(null, true);
        })
        .catch((error: unknown) => {
          input.log.error({ event: 'signInFailed', error: String(error) });
          done(badSecret(), false);
        });
    },
    authorizePublish: (client, packet, callback) =>
      callback(client && may(client, 'publish', packet.topic) ? null : new Error('topicRefused')),
    authorizeSubscribe: (client, wanted, callback) =>
      callback(null, may(client, 'subscribe', wanted.topic) ? wanted : null),
    authorizeForward: (client, packet) => (may(client, 'receive', packet.topic) ? packet : null),
  };
};

const signIn = async (
  { site, speakerBySecretHash }: EmbeddedRightsInput,
  username: string | undefined,
  password: Uint8Array | undefined,
): Promise<readonly TopicGrant[] | undefined> => {
  if (username === undefined || password === undefined) return undefined;
  const speaker = await speakerBySecretHash(sha256(password));
  return speaker === username ? topicGrants({ kind: 'speaker', site, speaker }) : undefined;
};

const badSecret = (): AuthenticateError =>
  Object.assign(new Error('badSecret'), { returnCode: RETURN_CODE_BAD_SECRET });
