import type { Bulletin } from '#schemas/entities/bulletin.ts';

/** What an operator says of a bulletin besides its sound or text. */
export interface Description {
  readonly title: string;
  readonly campaigns: string[];
  readonly priority: Exclude<Bulletin['priority'], 'emergency'>;
}

export const emptyDescription: Description = { title: '', campaigns: [], priority: 'normal' };
