import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, callAs, firstAdministrator, newPerson } from './api-caller.ts';
import { makeWithFfmpeg, writeSpeech } from './speech.ts';

/** What a recording may come as. */
export type RecordingFormat = 'wav' | 'mp3' | 'm4a' | 'ogg';

/** A recording of real speech: different `skip` give different sentences. */
export interface Recording {
  readonly title: string;
  readonly format: RecordingFormat;
  readonly seconds: number;
  readonly skip: number;
}

/** A bulletin that was brought and released. */
export interface Released {
  readonly id: string;
  readonly title: string;
  readonly clip: string;
}

/** The people of a commune whose bulletins are released by another than who brought them. */
export interface Commune {
  readonly administrator: ApiCaller;
  readonly operator: ApiCaller;
  readonly approver: ApiCaller;
  readonly campaign: string;
  readonly unit: string;
  readonly speaker: string;
  /** Uploads a recording as the operator and releases it as the approver. */
  bring(recording: Recording): Promise<Released>;
  /** Sets the campaign's rule, owed by the village from `from` to `to`. */
  rule(rule: DailyRule): Promise<string>;
  /** A code with which a machine becomes the speaker. */
  code(): Promise<string>;
}

export interface DailyRule {
  readonly from: string;
  readonly to: string;
  readonly minOccurrences: number;
  readonly minMinutes: number;
  readonly dayparts: readonly Daypart[];
}

export const PEOPLE = { operator: 'lan', approver: 'minh' } as const;

const withIdSchema = z.looseObject({ id: z.string() });
const speakersSchema = z.array(z.looseObject({ id: z.string(), unit: z.string() })).min(1);

/**
 * Signs the first administrator in with the one-time password, creates operator and approver, and
 * begins a campaign. `folder` is where recordings are made.
 */
export const foundCommune = async (
  server: RunningServer,
  folder: string,
  days: { readonly from: string; readonly to: string },
): Promise<Commune> => {
  const administrator = await firstAdministrator(server);
  const person = (username: string, roles: string[]) =>
    newPerson(server, administrator, { username, roles });
  const operator = await person(PEOPLE.operator, ['operator']);
  const approver = await person(PEOPLE.approver, ['approver']);
  const [first] = speakersSchema.parse(await operator.get('/api/speakers'));
  if (first === undefined) throw new Error('the commune has no speaker');
  const begun = { name: 'Phòng cháy, chữa cháy', directive: null, ...days };
  const campaign = withIdSchema.parse(await operator.post('/api/campaigns', begun)).id;
  const people = { operator, approver };
  return {
    ...{ administrator, operator, approver, campaign, unit: first.unit, speaker: first.id },
    bring: (recording) => bring(people, campaign, { folder, recording }),
    rule: async (rule) => {
      const owed = { campaign, unit: first.unit, scope: 'own', ...rule };
      return withIdSchema.parse(await operator.post('/api/rules', owed)).id;
    },
    code: async () => {
      const issued = await administrator.post(`/api/speakers/${first.id}/code`);
      return z.looseObject({ code: z.string() }).parse(issued).code;
    },
  };
};

const bring = async (
  { operator, approver }: Pick<Commune, 'operator' | 'approver'>,
  campaign: string,
  { folder, recording }: { readonly folder: string; readonly recording: Recording },
): Promise<Released> => {
  const { title } = recording;
  const bytes = await readFile(await record(folder, recording));
  const query = new URLSearchParams({ title, campaigns: campaign });
  const path = `/api/bulletins/audio?${query}`;
  const { status, body } = await operator.call('POST', path, { bytes });
  if (status !== 201) throw new Error(`${title}: ${status} ${JSON.stringify(body)}`);
  const { id, clip } = bulletinSchema.parse(body);
  await approver.post(`/api/bulletins/${id}/release`, { clip });
  return { id, title, clip };
};

const record = async (folder: string, { title, format, seconds, skip }: Recording) => {
  const wav = join(folder, `${title}.wav`);
  await writeSpeech(wav, seconds, skip);
  if (format === 'wav') return wav;
  const path = join(folder, `${title}.${format}`);
  await makeWithFfmpeg('-i', wav, path);
  return path;
};

/** Signs a person of the commune in again, after the server was started anew. */
export const signInAgain = async (url: string, username: string): Promise<ApiCaller> => {
  const credentials = { username, password: `mật khẩu của ${username}` };
  const answer = await callAs(url).post('/api/sign-in', credentials);
  return callAs(url, z.object({ token: z.string() }).parse(answer).token);
};
