import { createId } from '#runtime/clock.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { type Emergency, emergencySchema } from '#schemas/evidence.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, OutgoingMessage } from '../ports/store.ts';
import type { StoredEmergency } from '../ports/stored-emergency.ts';
import { signPayload } from './sign-payload.ts';

/** What has to be written so that an emergency goes out. */
export interface SignedEmergency {
  readonly change: Change;
  readonly message: OutgoingMessage;
}

type Ports = Pick<ServerPorts, 'keys' | 'clock' | 'entropy'>;

/** Signs the emergency; its message stays at the broker until it is cancelled or has expired. */
export const signEmergency = (
  ports: Ports,
  emergency: Emergency,
  bulletins: readonly string[],
): SignedEmergency => {
  const envelope = JSON.stringify(signPayload(ports.keys, 'emergency', emergency));
  const { id, issuedMs, expiresMs } = emergency;
  const rest = { bulletins, cancelledMs: null, cleared: false };
  const value = { id, envelope, issuedMs, expiresMs, ...rest };
  return {
    change: { do: 'insert', what: 'emergency', value },
    message: emergencyMessage(ports, emergency, envelope),
  };
};

/** What the signed emergency of the store says. */
export const readEmergency = (stored: StoredEmergency): Emergency => {
  const { payload } = envelopeSchema.parse(JSON.parse(stored.envelope));
  return emergencySchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
};

/** The message of an emergency; without an envelope it takes the last one off the broker. */
export const emergencyMessage = (
  ports: Pick<ServerPorts, 'clock' | 'entropy'>,
  { site, id }: Pick<Emergency, 'site' | 'id'>,
  envelope = '',
): OutgoingMessage => ({
  id: createId(ports.clock, ports.entropy),
  topic: topicOf('emergency', { site, emergency: id }),
  payload: envelope,
  retain: true,
});
