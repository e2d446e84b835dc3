import { byteCodec, createPrivateKeyPem, type Signer, signerFromPem } from '#runtime/signing.ts';
import { type EnrolmentRequest, enrolmentProofText } from '#schemas/enrolment.ts';

/** A machine with a key of its own that wants to become a speaker. */
export interface NewMachine {
  readonly signer: Signer;
  readonly publicKey: string;
  /** What it sends with this code, written with or without its dash. */
  request(code: string): EnrolmentRequest;
}

export const newMachine = (): NewMachine => {
  const signer = signerFromPem(createPrivateKeyPem());
  if (signer === undefined) throw new Error('no key');
  const publicKey = Buffer.from(signer.publicKey).toString('base64');
  return {
    signer,
    publicKey,
    request: (written) => {
      const code = written.toUpperCase().replaceAll(/[\s-]/g, '');
      const text = byteCodec.textToBytes(enrolmentProofText(code, publicKey));
      const proof = Buffer.from(signer.sign(text)).toString('base64');
      return { code: written, publicKey, proof };
    },
  };
};
