/** What a server shows to who connects over TLS, both as PEM. */
export interface ServedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** The site's own certificate authority, as people come to trust it. */
export interface TrustedAuthority {
  readonly name: string;
  readonly certificatePem: string;
  readonly certificateDer: Uint8Array;
  /** SHA-256 of the certificate as devices show it: `AB:CD:…`. */
  readonly fingerprint: string;
}

/** Where certificates come from, as long as the server runs. */
export interface TlsSource {
  current(): ServedCertificate;
  /** Calls `handler` with each certificate that takes the place of the one before. */
  onRenewed(handler: (certificate: ServedCertificate) => void): void;
}
