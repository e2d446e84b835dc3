import { answered, api } from './api.ts';

/** What a rule would make impossible, before it is saved. */
export const checkRule = (json: Parameters<typeof api.rules.check.$post>[0]['json']) =>
  answered(api.rules.check.$post({ json }));

/** Something that whoever enters a rule, a cap or a setting must see. */
export type EntryFinding = Awaited<ReturnType<typeof checkRule>>['findings'][number];
