import * as z from 'zod';

/** What keeps a program from starting or going on. */
export const setupProblems = {
  configurationInvalid: z.object({
    issues: z.array(z.object({ setting: z.string(), issue: z.string() })),
  }),
  portTaken: z.object({ port: z.number(), setting: z.string() }),
  databaseForeign: z.object({ path: z.string() }),
  databaseNewer: z.object({ path: z.string() }),
  diskFull: z.object({ path: z.string() }),
  folderNotWritable: z.object({ path: z.string() }),
  runtimeTooOld: z.object({ found: z.string(), needed: z.string() }),
  toolMissing: z.object({ tool: z.string(), command: z.string() }),
  notEnrolled: z.object({ path: z.string() }),
  alreadyRunning: z.object({ path: z.string() }),
  serverUnreachable: z.object({ url: z.string() }),
  serverNotTrusted: z.object({ url: z.string(), detail: z.string() }),
  authorityNotShown: z.object({ url: z.string() }),
  fingerprintDiffers: z.object({ url: z.string(), found: z.string() }),
  fileUnreadable: z.object({ path: z.string() }),
  logFileTooLong: z.object({ path: z.string(), most: z.number() }),
  filesInvalid: z.object({
    issues: z.array(z.object({ file: z.string(), path: z.string(), issue: z.string() })),
  }),
  keyUnreadable: z.object({ path: z.string() }),
  certificateUnreadable: z.object({ path: z.string() }),
  certificateNotInForce: z.object({ path: z.string(), from: z.string(), until: z.string() }),
  certificateKeyDiffers: z.object({ path: z.string(), keyPath: z.string() }),
  consoleNotBuilt: z.object({}),
  clockImplausible: z.object({ now: z.string() }),
  brokerUnreachable: z.object({ url: z.string() }),
} as const;
