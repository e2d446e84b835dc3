import { pbkdf2Sha512 } from '#runtime/password-digest.ts';
import { controlAcls, grantsToAcls } from './dynamic-security-role.ts';
import { topicGrants } from './topic-policy.ts';

/** Mosquitto 2.0.11 takes 12 bytes of salt and keeps a hash of 64. */
export const SALT_BYTES = 12;
const HASH_BYTES = 64;
/** Checked once per connection of the server; Mosquitto's own default is 101. */
const ITERATIONS = 20_000;

export interface DynamicSecurityFileInput {
  readonly site: string;
  /** The user name and password that the server itself signs in with. */
  readonly username: string;
  readonly password: string;
  /** `SALT_BYTES` random bytes. */
  readonly salt: Uint8Array;
}

/**
 * The text of the first `dynamic-security.json`: nobody but the server comes in, it has the rights
 * of the topic table, and it may admit speakers. Mosquitto keeps the file from then on.
 * Source: Mosquitto 2.0.11, plugins/dynamic-security.
 */
export const dynamicSecurityFile = (input: DynamicSecurityFileInput): string => {
  const { site, username, password, salt } = input;
  const hash = pbkdf2Sha512({ password, salt, iterations: ITERATIONS, length: HASH_BYTES });
  const rights = grantsToAcls(topicGrants({ kind: 'server', site }));
  const file = {
    defaultACLAccess: {
      publishClientSend: false,
      publishClientReceive: false,
      subscribe: false,
      unsubscribe: true,
    },
    clients: [
      {
        username,
        password: Buffer.from(hash).toString('base64'),
        salt: Buffer.from(salt).toString('base64'),
        iterations: ITERATIONS,
        roles: [{ rolename: 'server' }],
      },
    ],
    groups: [],
    roles: [{ rolename: 'server', acls: [...rights, ...controlAcls] }],
  };
  return `${JSON.stringify(file, null, 2)}\n`;
};
