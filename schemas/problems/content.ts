import * as z from 'zod';

/** What is wrong with what an operator brought, or with the store it should go to. */
export const contentProblems = {
  audioNotRecognised: z.object({}),
  audioTruncated: z.object({ expectedMs: z.number().nullable(), decodedMs: z.number() }),
  audioCorrupt: z.object({}),
  audioEmpty: z.object({}),
  audioSilent: z.object({ loudnessLufs: z.number().nullable() }),
  audioTooLong: z.object({ durationMs: z.number(), maxMs: z.number() }),
  audioTooShort: z.object({ durationMs: z.number(), minMs: z.number() }),
  fileTooLarge: z.object({ bytes: z.number().nullable(), maxBytes: z.number() }),
  textEmpty: z.object({}),
  textTooLong: z.object({ chars: z.number(), maxChars: z.number() }),
  scriptFileUnknown: z.object({}),
  scriptFileBroken: z.object({ flaw: z.enum(['absent', 'broken', 'tooLarge']) }),
  scriptFileEncrypted: z.object({}),
  scriptFileNoText: z.object({}),
  languageWithoutVoice: z.object({}),
  voiceUnknown: z.object({ voice: z.string() }),
  numberMissing: z.object({ placeholders: z.string() }),
  speechFailed: z.object({ detail: z.string() }),
  audioToolFailed: z.object({ detail: z.string() }),
  audioToolMissing: z.object({ tool: z.string() }),
  originalMissing: z.object({}),
  clipMissing: z.object({ sha256: z.string() }),
  clipCorrupt: z.object({ sha256: z.string() }),
  packInvalid: z.object({ path: z.string(), detail: z.string() }),
} as const;
