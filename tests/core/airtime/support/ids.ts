import type { Id } from '#schemas/primitives.ts';

/** A readable id: the number is its last digits. */
export const id = (number: number): Id =>
  `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const campaign = id(1);
export const otherCampaign = id(2);
export const commune = id(10);
export const villageA = id(11);
export const villageB = id(12);
export const speakerA = id(21);
export const speakerB = id(22);
export const communeSpeaker = id(20);
export const ruleId = id(31);
export const otherRuleId = id(32);
export const bulletin = id(41);
