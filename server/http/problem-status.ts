import type { ProblemCode } from '#schemas/problem.ts';

/** HTTP statuses that problems are answered with. */
export type ProblemStatus =
  | 400
  | 401
  | 403
  | 404
  | 409
  | 413
  | 415
  | 422
  | 426
  | 429
  | 500
  | 503
  | 507;

/** Which status goes with which problem. A code that is missing here does not compile. */
export const problemStatus: Readonly<Record<ProblemCode, ProblemStatus>> = {
  notSignedIn: 401,
  signInFailed: 401,
  notAllowed: 403,
  passwordChangeRequired: 403,
  passwordTooWeak: 422,
  fourEyes: 403,
  enrolmentCodeUnknown: 403,
  enrolmentCodeExpired: 403,
  enrolmentProofWrong: 403,
  speakerAlreadyEnrolled: 409,
  tooManyTries: 429,

  ruleEndsBeforeStart: 422,
  ruleYearImplausible: 422,
  ruleStartsBeforeDirective: 422,
  ruleWithoutEnd: 422,
  ruleStartsInPast: 409,
  ruleIsOver: 409,
  ruleBindsNobody: 409,
  ruleOutsideCampaign: 409,
  notConfirmed: 409,
  weekNotOver: 409,
  ruleCycle: 422,
  ruleIncomplete: 422,
  minimumAboveCap: 422,
  campaignWithoutBulletins: 409,
  campaignMeantElsewhere: 409,
  daypartTooShort: 422,
  noPlan: 409,
  programmeUnplannable: 409,
  planGaveUp: 409,
  planUnproven: 500,
  zoneUnknown: 422,

  audioNotRecognised: 415,
  audioTruncated: 422,
  audioCorrupt: 422,
  audioEmpty: 422,
  audioSilent: 422,
  audioTooLong: 422,
  audioTooShort: 422,
  fileTooLarge: 413,
  textEmpty: 422,
  textTooLong: 413,
  scriptFileUnknown: 415,
  scriptFileBroken: 422,
  languageWithoutVoice: 422,
  voiceUnknown: 422,
  speechFailed: 500,
  audioToolFailed: 500,
  audioToolMissing: 503,
  clipMissing: 404,
  clipCorrupt: 500,
  packInvalid: 422,

  envelopeInvalid: 422,
  keyUnknown: 403,
  purposeWrong: 403,
  signatureWrong: 403,
  payloadInvalid: 422,
  wrongSpeaker: 403,
  revisionOld: 409,
  documentMismatch: 409,
  nonceUnknown: 409,
  sequenceMissing: 409,
  sequenceConflict: 409,
  chainBroken: 409,
  recordsLost: 409,
  bundleInvalid: 422,
  bundleTooLarge: 413,
  stickLogInvalid: 422,
  recordTorn: 422,

  requestInvalid: 400,
  notFound: 404,
  unknownCampaign: 404,
  unknownSpeaker: 404,
  unknownUnit: 404,
  changedMeanwhile: 409,
  alreadyExists: 409,
  wrongState: 409,
  bulletinMeantElsewhere: 409,
  volumeAboveLimit: 422,
  listFull: 409,
  bodyTooLarge: 413,
  uploadInterrupted: 400,
  httpsNeeded: 426,
  internal: 500,

  configurationInvalid: 500,
  portTaken: 500,
  databaseForeign: 500,
  databaseNewer: 500,
  diskFull: 507,
  folderNotWritable: 500,
  runtimeTooOld: 500,
  toolMissing: 503,
  notEnrolled: 409,
  alreadyRunning: 409,
  serverUnreachable: 503,
  serverNotTrusted: 503,
  authorityNotShown: 503,
  fingerprintDiffers: 503,
  fileUnreadable: 500,
  logFileTooLong: 413,
  filesInvalid: 422,
  keyUnreadable: 500,
  certificateUnreadable: 500,
  certificateNotInForce: 500,
  certificateKeyDiffers: 500,
  consoleNotBuilt: 503,
  clockImplausible: 500,
  brokerUnreachable: 503,
};
