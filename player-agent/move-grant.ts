import type { EnrolmentGrant } from '#schemas/enrolment.ts';

/**
 * The grant for a server that is now at `serverUrl`, as when a router gave its machine another
 * address. Only where the site vouches for itself: its certificate proves the server there too. A
 * broker on another machine stays where it is.
 */
export const moveGrant = (grant: EnrolmentGrant, serverUrl: string | undefined): EnrolmentGrant => {
  const { broker, clips, authority } = grant;
  if (serverUrl === undefined || authority === undefined) return grant;
  const [to, from, brokerUrl] = [new URL(serverUrl), new URL(clips.url), new URL(broker.url)];
  if (to.protocol !== 'https:' || from.protocol !== 'https:') return grant;
  if (brokerUrl.hostname === from.hostname) brokerUrl.hostname = to.hostname;
  const clipsUrl = `${to.origin}${from.pathname}`;
  return { ...grant, broker: { ...broker, url: brokerUrl.href }, clips: { url: clipsUrl } };
};
