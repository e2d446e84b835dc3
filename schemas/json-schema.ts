import * as z from 'zod';
import { airtimeCapSchema, airtimeRuleSchema } from './airtime.ts';
import { bundleIndexSchema, stickLogHeadSchema } from './bundle.ts';
import { enrolmentGrantSchema, enrolmentRequestSchema } from './enrolment.ts';
import { envelopeSchema } from './envelope.ts';
import { emergencySchema, sealSchema } from './evidence.ts';
import { judgementSchema, planAnswerSchema, reconciliationSchema } from './files/answers.ts';
import {
  correctionsFileSchema,
  excusesFileSchema,
  locksFileSchema,
  playlistsFileSchema,
  rulesFileSchema,
  unitsFileSchema,
} from './files/judged-files.ts';
import { planFileSchema } from './files/plan-file.ts';
import { healthSchema, presenceSchema } from './health.ts';
import { signedCorrectionSchema, signedExcuseSchema, signedLockSchema } from './inspection.ts';
import { limitsSchema } from './limits.ts';
import { permitSchema } from './make-good.ts';
import { playlistSchema } from './playlist.ts';
import { pointerSchema } from './pointer.ts';
import { dayReconciliationSchema } from './reconciliation.ts';
import { recordAckSchema, recordBatchSchema, recordRangeSchema } from './records/delivery.ts';
import { logGapSchema } from './records/log-gap.ts';
import { logRecordSchema } from './records/log-record.ts';
import { logStartSchema } from './records/log-start.ts';
import { releaseSchema } from './release.ts';
import { timeAnswerSchema, timeQuestionSchema } from './signed-time.ts';
import { unitVerdictSchema, verdictSchema } from './verdict.ts';

/** Every contract that has a JSON Schema, by the name that `tieng-lang schema NAME` takes. */
export const contracts = {
  envelope: envelopeSchema,
  'log-record': logRecordSchema,
  'log-start': logStartSchema,
  'log-gap': logGapSchema,
  'record-batch': recordBatchSchema,
  'record-ack': recordAckSchema,
  'record-range': recordRangeSchema,
  playlist: playlistSchema,
  'playlist-pointer': pointerSchema,
  'speaker-limits': limitsSchema,
  'time-question': timeQuestionSchema,
  'time-answer': timeAnswerSchema,
  'bundle-index': bundleIndexSchema,
  'stick-log-head': stickLogHeadSchema,
  release: releaseSchema,
  seal: sealSchema,
  emergency: emergencySchema,
  permit: permitSchema,
  excuse: signedExcuseSchema,
  'week-lock': signedLockSchema,
  'history-correction': signedCorrectionSchema,
  health: healthSchema,
  presence: presenceSchema,
  'enrolment-request': enrolmentRequestSchema,
  'enrolment-grant': enrolmentGrantSchema,
  'airtime-rule': airtimeRuleSchema,
  'airtime-cap': airtimeCapSchema,
  verdict: verdictSchema,
  'unit-verdict': unitVerdictSchema,
  'day-reconciliation': dayReconciliationSchema,
  'rules-file': rulesFileSchema,
  'units-file': unitsFileSchema,
  'playlists-file': playlistsFileSchema,
  'excuses-file': excusesFileSchema,
  'locks-file': locksFileSchema,
  'corrections-file': correctionsFileSchema,
  'plan-file': planFileSchema,
  judgement: judgementSchema,
  reconciliation: reconciliationSchema,
  'plan-answer': planAnswerSchema,
} as const satisfies Record<string, z.ZodType>;
export type ContractName = keyof typeof contracts;

/** The JSON Schema (draft 2020-12) of what a sender of the contract must write. */
export const contractToJsonSchema = (name: ContractName): unknown =>
  z.toJSONSchema(contracts[name], { io: 'input' });
