import * as z from 'zod';

/** Why an item did not sound whole. */
export const endReasonSchema = z.enum([
  'stopped',
  'powerLoss',
  'agentStopped',
  'preempted',
  'joinedLate',
  'quietHours',
  'withdrawn',
  'clockLost',
  'playerFailed',
  'silentSpeaker',
  'volumeZero',
  'continuousAirtime',
]);
export type EndReason = z.infer<typeof endReasonSchema>;

/** Why the speaker refused to begin something or to take a message. */
export const refusalReasonSchema = z.enum([
  'quietHours',
  'clockUntrusted',
  'badSignature',
  'wrongSpeaker',
  'oldRevision',
  'badMessage',
  'documentHash',
  'documentMissing',
  'clipMissing',
  'clipHash',
  'notYetValid',
  'expired',
  'withdrawn',
  'volumeCap',
  'continuousAirtime',
  'tooLate',
  'playerFailed',
  'noLimits',
  'noRoom',
  'noPermit',
]);
export type RefusalReason = z.infer<typeof refusalReasonSchema>;
