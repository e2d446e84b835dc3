import type { Signer } from '#runtime/signing.ts';

/** The site's own keys; the private halves stay behind `sign`. */
export interface SiteKeys {
  readonly signer: Signer;
}
