import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';

/** An answer over HTTPS. */
export interface SecureAnswer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Asks for a page of 127.0.0.1 or another host, trusting nobody but `ca`; rejects as the client would. */
export const secureGet = (url: string, ca: string): Promise<SecureAnswer> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { ca, agent: false }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    });
    asked.once('error', reject);
    asked.end();
  });

/** A TLS connection that trusts nobody but `ca`, once it stands; rejects as a client would. */
export const secureConnection = (port: number, ca: string): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => resolve(socket));
    socket.once('error', reject);
  });
