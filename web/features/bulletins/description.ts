import type { Bulletin } from '#schemas/entities/bulletin.ts';

/** What an operator says of a bulletin besides its sound or text. */
export interface Description {
  readonly title: string;
  readonly campaigns: string[];
  readonly priority: Exclude<Bulletin['priority'], 'emergency'>;
  /** Whether it goes to the approver at once; else it is a draft that can be listened to first. */
  readonly submit: boolean;
}

export const emptyDescription: Description = {
  title: '',
  campaigns: [],
  priority: 'normal',
  submit: true,
};
