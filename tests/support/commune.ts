import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { Daypart, Priority } from '#schemas/primitives.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator, newPerson } from './api-caller.ts';
import { makeWithFfmpeg, writeSpeech } from './speech.ts';

/** What a recording may come as. */
export type RecordingFormat = 'wav' | 'mp3' | 'm4a' | 'ogg';

/** A recording of real speech: different `skip` give different sentences. */
export interface Recording {
  readonly title: string;
  readonly format: RecordingFormat;
  readonly seconds: number;
  readonly skip: number;
  readonly priority?: Priority;
  /** The bulletin that it is the next version of. */
  readonly replaces?: string;
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
  /** One more speaker in the same village; its id. */
  addSpeaker(name: string): Promise<string>;
  /** A code with which a machine becomes the speaker, or the commune's first. */
  code(speaker?: string): Promise<string>;
}

export interface DailyRule {
  readonly from: string;
  readonly to: string;
  readonly minOccurrences: number;
  readonly minMinutes: number;
  readonly dayparts: readonly Daypart[];
}

/** Bulletins and dayparts may come after the rule, and its first day may be past. */
const confirmed = [
  'ruleStartsInPast',
  'campaignWithoutBulletins',
  'daypartTooShort',
  'noPlan',
  'planGaveUp',
];

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
  const operator = await person('lan', ['operator']);
  const approver = await person('minh', ['approver']);
  const [first] = speakersSchema.parse(await operator.get('/api/speakers'));
  if (first === undefined) throw new Error('the commune has no speaker');
  const begun = { name: 'Phòng cháy, chữa cháy', directive: null, ...days };
  const campaign = withIdSchema.parse(await operator.post('/api/campaigns', begun)).id;
  const people = { operator, approver };
  return {
    ...{ administrator, operator, approver, campaign, unit: first.unit, speaker: first.id },
    bring: (recording) => bring(people, campaign, { folder, recording }),
    rule: async (rule) => {
      const owed = { campaign, unit: first.unit, scope: 'own', confirmed, ...rule };
      return withIdSchema.parse(await administrator.post('/api/rules', owed)).id;
    },
    addSpeaker: async (name) => {
      const added = await administrator.post('/api/speakers', { unit: first.unit, name });
      return z.looseObject({ speaker: withIdSchema }).parse(added).speaker.id;
    },
    code: async (speaker = first.id) => {
      const issued = await administrator.post(`/api/speakers/${speaker}/code`);
      return z.looseObject({ code: z.string() }).parse(issued).code;
    },
  };
};

const bring = async (
  { operator, approver }: Pick<Commune, 'operator' | 'approver'>,
  campaign: string,
  { folder, recording }: { readonly folder: string; readonly recording: Recording },
): Promise<Released> => {
  const { title, priority = 'normal', replaces } = recording;
  const bytes = await readFile(await record(folder, recording));
  const version = replaces === undefined ? {} : { replaces };
  const query = new URLSearchParams({ title, campaigns: campaign, priority, ...version });
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
