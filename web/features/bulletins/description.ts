import type { BulletinLanguage } from '#schemas/bulletin-language.ts';
import { bulletinLanguages, SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';

/** What an operator says of a bulletin besides its sound or text. */
export interface Description {
  readonly title: string;
  readonly language: BulletinLanguage;
  readonly supplier: string;
  readonly campaigns: string[];
  /** Whose speakers may play it; of every unit where none is named. */
  readonly units: string[];
  readonly role: Bulletin['role'];
  readonly priority: Bulletin['priority'];
  /** It may sound in `[validFromMs, expiresMs)`; null: from now on, for a year. */
  readonly validFromMs: number | null;
  readonly expiresMs: number | null;
  /** The bulletin that it is the next version of, and why; null for a new one. */
  readonly replaces: string | null;
  readonly reason: string;
  /** Whether it goes to the approver at once; else it is a draft that can be listened to first. */
  readonly submit: boolean;
}

export const emptyDescription: Description = {
  title: '',
  language: SPOKEN_LANGUAGE,
  supplier: '',
  campaigns: [],
  units: [],
  role: 'bulletin',
  priority: 'normal',
  validFromMs: null,
  expiresMs: null,
  replaces: null,
  reason: '',
  submit: true,
};

/** What is said of a bulletin now, to begin its next version with; nothing of a new one. */
export const descriptionOf = (bulletin: Bulletin | undefined): Description =>
  bulletin === undefined
    ? emptyDescription
    : {
        title: bulletin.title,
        language: bulletinLanguages.find((each) => each === bulletin.language) ?? SPOKEN_LANGUAGE,
        supplier: bulletin.supplier ?? '',
        campaigns: bulletin.campaigns,
        units: bulletin.units,
        role: bulletin.role,
        priority: bulletin.priority,
        validFromMs: bulletin.validFromMs,
        expiresMs: bulletin.expiresMs,
        replaces: bulletin.id,
        reason: '',
        submit: true,
      };

/** The description as the server takes it; what is empty is left out. */
export const descriptionToRequest = (description: Description) => {
  const { supplier, validFromMs, expiresMs, replaces, reason, ...rest } = description;
  return {
    ...rest,
    ...(supplier.trim() !== '' && { supplier }),
    ...(validFromMs !== null && { validFromMs }),
    ...(expiresMs !== null && { expiresMs }),
    ...(replaces !== null && { replaces }),
    ...(reason.trim() !== '' && { reason }),
  };
};

/** The same as texts, beside the bytes of a recording. */
export const descriptionToQuery = (description: Description) => {
  const { campaigns, units, submit, validFromMs, expiresMs, ...rest } =
    descriptionToRequest(description);
  return {
    ...rest,
    campaigns: campaigns.join(','),
    units: units.join(','),
    ...(validFromMs !== undefined && { validFromMs: `${validFromMs}` }),
    ...(expiresMs !== undefined && { expiresMs: `${expiresMs}` }),
    submit: submit ? ('true' as const) : ('false' as const),
  };
};
