import type { HttpBindings } from '@hono/node-server';
import type { SignedInUser } from '../ports/accounts.ts';

/** What a handler finds in its context: the socket, the request's id, and who is asking. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string };
}

/** As `AppEnv`, behind the door that only signed-in people pass. */
export interface SignedInEnv extends AppEnv {
  Variables: { requestId: string; user: SignedInUser };
}
