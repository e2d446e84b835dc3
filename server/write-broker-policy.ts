import { access } from 'node:fs/promises';
import { systemEntropy } from '#runtime/clock.ts';
import { writeFileDurably } from '#runtime/durable-file.ts';
import { languages } from '#schemas/messages/fill-sentence.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem } from '#schemas/problem.ts';
import { readSettings, settingToVariable } from './config-read.ts';
import type { Settings } from './config-settings.ts';
import { dynamicSecurityFile, SALT_BYTES } from './mqtt/dynamic-security-file.ts';

/**
 * A program of its own, run once before Mosquitto's first start: writes the file of rights named by its
 * argument from the server's own settings. What is there already is Mosquitto's, and stays.
 */
const needed = ['starterSlug', 'brokerUsername', 'brokerPassword'] as const;

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const refuse = (problem: Problem): void => {
  for (const language of languages) {
    process.stderr.write(`${problemToSentence(problem, language)}\n`);
  }
  process.stderr.write(`${JSON.stringify(problem)}\n`);
  process.exitCode = 1;
};

const policyOf = (settings: Settings): string | undefined => {
  const { starterSlug: site, brokerUsername: username, brokerPassword: password } = settings;
  if (site === undefined || username === undefined || password === undefined) return undefined;
  return dynamicSecurityFile({ site, username, password, salt: systemEntropy.bytes(SALT_BYTES) });
};

const write = async (path: string): Promise<void> => {
  const settings = readSettings({ environment: process.env, file: undefined });
  if (!settings.ok) return refuse(settings.problem);
  const policy = policyOf(settings.value);
  const issues = needed
    .filter((name) => settings.value[name] === undefined)
    .map((name) => ({ setting: settingToVariable(name), issue: 'needed' }));
  if (policy === undefined) return refuse({ code: 'configurationInvalid', issues });
  if (!(await isThere(path))) await writeFileDurably(path, policy);
};

await write(process.argv[2] ?? '/mosquitto/data/dynamic-security.json');
