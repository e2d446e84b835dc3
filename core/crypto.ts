/** SHA-256 of the bytes, as 64 lower-case hexadecimal digits. Handed in by the shell. */
export type HashBytes = (bytes: Uint8Array) => string;

/** Whether an Ed25519 signature (64 bytes) over `message` was made by the raw public key (32 bytes). */
export type VerifyBytes = (input: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => boolean;

/** An Ed25519 signature of 64 bytes over `message`. */
export type SignBytes = (message: Uint8Array) => Uint8Array;
