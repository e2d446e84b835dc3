/**
 * What a speaker sends with its request for a clip to be led to the store itself, by a link that is
 * good for some minutes; without it the server sends the bytes. Source: RFC 7240, and
 * docs/adr/0023-clips-come-by-links.md.
 */
export const CLIP_LINK_PREFERENCE = { header: 'prefer', value: 'clip-link' } as const;

/** The status of the answer that leads to the store; its `Location` is the link. Source: RFC 9110. */
export const CLIP_LINK_STATUS = 307;
