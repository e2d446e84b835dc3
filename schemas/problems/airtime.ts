import * as z from 'zod';

/** Rules that cannot be right, plans that cannot be made. */
export const airtimeProblems = {
  ruleEndsBeforeStart: z.object({ from: z.string(), to: z.string() }),
  ruleYearImplausible: z.object({ day: z.string() }),
  ruleStartsBeforeDirective: z.object({ from: z.string(), directiveDay: z.string() }),
  ruleWithoutEnd: z.object({ from: z.string() }),
  ruleStartsInPast: z.object({ from: z.string() }),
  ruleIsOver: z.object({ to: z.string() }),
  ruleBindsNobody: z.object({ unit: z.string() }),
  ruleOutsideCampaign: z.object({ from: z.string(), to: z.string() }),
  notConfirmed: z.object({ count: z.number(), codes: z.array(z.string()) }),
  overtaken: z.object({ fields: z.array(z.string()) }),
  weekNotOver: z.object({ to: z.string() }),
  ruleIncomplete: z.object({ rule: z.string(), field: z.string() }),
  ruleCycle: z.object({ rule: z.string() }),
  minimumAboveCap: z.object({
    rule: z.string(),
    cap: z.string(),
    limit: z.string(),
    needed: z.number(),
    allowed: z.number(),
  }),
  campaignWithoutBulletins: z.object({ campaign: z.string() }),
  campaignMeantElsewhere: z.object({ campaign: z.string(), count: z.number() }),
  daypartTooShort: z.object({ rule: z.string(), neededMs: z.number(), availableMs: z.number() }),
  noPlan: z.object({ rule: z.string(), day: z.string(), needed: z.number(), placed: z.number() }),
  programmeUnplannable: z.object({ programme: z.string(), day: z.string() }),
  planGaveUp: z.object({ bound: z.number() }),
  planUnproven: z.object({ rule: z.string(), day: z.string(), verdict: z.string() }),
  staggerUnpunctual: z.object({ rule: z.string(), staggerS: z.number(), toleranceS: z.number() }),
  zoneUnknown: z.object({ zone: z.string() }),
} as const;
