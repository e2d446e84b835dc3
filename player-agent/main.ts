import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemClock } from '#runtime/clock.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type AgentConfig, readAgentConfig } from './config.ts';
import { nodeDisk } from './disk/node-disk.ts';
import { enrolSpeaker } from './enrol.ts';
import { parseJson } from './log/record-line.ts';
import { type RunningAgent, startAgent } from './start-agent.ts';
import { askStatusPage, type BoxDeed } from './status-page/ask-status-page.ts';
import type { Did } from './status-page/status-html.ts';

/** Where a command takes its settings from. */
export interface AgentSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths count from here, or from the folder of the configuration file. */
  readonly workingFolder: string;
}

/** A running agent as the command sees it: who it is, how it ended, and how to end it. */
export type AgentProcess = RunningAgent;

/**
 * Runs the speaker's agent of this machine until SIGINT, SIGTERM or SIGHUP, or until `stop` is called; a
 * speaker without identity is enrolled first when server and code are configured.
 * Errors: configurationInvalid, fileUnreadable, keyUnreadable, notEnrolled, folderNotWritable,
 * alreadyRunning, audioToolMissing, audioToolFailed, diskFull, and those of `enrolAgent`.
 */
export const runAgent = async (from: AgentSurroundings): Promise<Result<AgentProcess, Problem>> => {
  const config = await readConfig(from);
  return config.ok ? startAgent(config.value, from.environment) : config;
};

/** What makes a machine a speaker. */
export interface EnrolRequest {
  readonly serverUrl: string;
  readonly code: string;
  /** Who vouches for the server where nobody known does: a certificate's file, or its fingerprint. */
  readonly ca: string | undefined;
}

/**
 * Makes this machine a speaker: `tieng-lang enrol --server URL --code CODE`. The grant is kept in
 * the agent's folder. Errors: configurationInvalid, fileUnreadable, and those of `enrolSpeaker`.
 */
export const enrolAgent = async (
  from: AgentSurroundings,
  request: EnrolRequest,
): Promise<Result<EnrolmentGrant, Problem>> => {
  const config = await readConfig(from);
  if (!config.ok) return config;
  const { folder, serverCa } = config.value;
  const ca = request.ca ?? serverCa;
  return enrolSpeaker({ ...request, ca, folder, disk: nodeDisk, fetchUrl: fetch });
};

/**
 * Has the agent that runs on this machine set its time or play the test tone; gives what came of it, as
 * its status page says it. Errors: configurationInvalid, fileUnreadable, serverUnreachable.
 */
export const askAgent = async (
  from: AgentSurroundings,
  deed: BoxDeed,
): Promise<Result<Did, Problem>> => {
  const config = await readConfig(from);
  if (!config.ok) return config;
  const { statusPort } = config.value;
  return statusPort === 'off'
    ? refuse({ code: 'serverUnreachable', url: 'http://127.0.0.1' })
    : askStatusPage(statusPort, deed, systemClock());
};

const readConfig = async (from: AgentSurroundings): Promise<Result<AgentConfig, Problem>> => {
  const { environment, workingFolder } = from;
  const named = environment.TIENG_LANG_CONFIG;
  if (named === undefined || named === '') {
    return readAgentConfig({ environment, file: undefined }, workingFolder);
  }
  const path = resolve(workingFolder, named);
  const file = await readJsonFile(path);
  if (!file.ok) return file;
  return readAgentConfig({ environment, file: file.value }, dirname(path));
};

const readJsonFile = async (path: string): Promise<Result<unknown, Problem>> => {
  try {
    const parsed = parseJson(await readFile(path));
    return parsed === undefined ? refuse({ code: 'fileUnreadable', path }) : ok(parsed);
  } catch {
    // Missing or forbidden: the same to whoever named it.
    return refuse({ code: 'fileUnreadable', path });
  }
};
