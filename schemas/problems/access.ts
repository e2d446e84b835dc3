import * as z from 'zod';

/** Who may do what, and how a speaker or a user proves who it is. */
export const accessProblems = {
  notSignedIn: z.object({}),
  signInFailed: z.object({}),
  notAllowed: z.object({ needs: z.string() }),
  passwordChangeRequired: z.object({}),
  passwordTooWeak: z.object({ minChars: z.number() }),
  fourEyes: z.object({}),
  correctsOwnWork: z.object({}),
  enrolmentCodeUnknown: z.object({}),
  enrolmentCodeExpired: z.object({}),
  enrolmentProofWrong: z.object({}),
  speakerAlreadyEnrolled: z.object({}),
  tooManyTries: z.object({ retryAfterS: z.number() }),
} as const;
