import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface WireRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** The only authority that is trusted, for HTTPS. */
  readonly ca?: string;
  /** The address of this machine that it comes from. */
  readonly from?: string;
}

/** Sends a request as it stands, on a connection of its own; rejects as the client would. */
export const ask = (url: string, wish: WireRequest = {}): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, json, ca, from } = wish;
    const options = {
      method,
      agent: false,
      headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(from !== undefined && { localAddress: from }),
    };
    const asked = url.startsWith('https:')
      ? request(url, { ...options, ca })
      : plainRequest(url, options);
    asked.once('response', (answer) => {
      const { statusCode: status } = answer;
      text(answer).then((body) => resolve({ status, headers: answer.headers, body }), reject);
    });
    asked.once('error', reject);
    asked.end(json === undefined ? undefined : JSON.stringify(json));
  });

/** A TLS connection that trusts nobody but `ca`, once it stands; rejects as a client would. */
export const secureConnection = (port: number, ca: string): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => resolve(socket));
    socket.once('error', reject);
  });
