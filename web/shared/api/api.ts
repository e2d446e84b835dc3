import type { ClientResponse } from 'hono/client';
import { hc } from 'hono/client';
import type { AppType } from '#server/http/app.ts';
import { bodyToRefused } from './refused.ts';

/** The server's HTTP API, typed by the server itself; the session is the browser's cookie. */
export const api = hc<AppType>(window.location.origin).api;

/** The value of an answer. Throws `Refused` with the server's problem. */
export const answered = async <T>(asked: Promise<ClientResponse<T>>): Promise<T> => {
  const response = await asked;
  if (response.ok) return (await response.json()) as T;
  throw bodyToRefused(await response.text());
};
