import type { TopicBulletin, TopicPack } from '#content/packs/topic-pack.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { identRoleSchema } from '#schemas/entities/ident.ts';
import { answered, type Connection, listed } from '../client/api.ts';
import { type PlacedNumber, setNumbers, textNeeds } from './set-numbers.ts';

/** Where and for which days a topic is imported; without a unit its rules are left out. */
export interface ImportPlace {
  readonly unit: string | undefined;
  /** The site's own directive in place of the topic's. */
  readonly directive: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly numbers: ReadonlyMap<string, string>;
  /** The codes of what is odd about it and was read. */
  readonly confirmed: readonly string[];
}

/** What an import has made and what stood already; in the site's own ids. */
export interface Imported {
  readonly directive: string | null;
  readonly campaign: string | null;
  readonly rules: readonly string[];
  /** The telephone numbers that are still to be given; texts with them wait as drafts. */
  readonly missing: readonly string[];
  readonly bulletins: readonly { readonly id: string; readonly title: string }[];
  readonly alreadyThere: readonly string[];
}

type Directive = NonNullable<TopicPack['directive']>;

const makeDirective = async (
  { api, server }: Connection,
  json: Directive,
): Promise<string | undefined> => {
  const known = await answered(server, api.directives.$get());
  if (known === undefined) return undefined;
  const same = known.find(
    ({ number, issuer, day }) =>
      number === json.number && issuer === json.issuer && day === json.day,
  );
  return same?.id ?? (await answered(server, api.directives.$post({ json })))?.id;
};

/** What a topic's campaign and rules belong to. */
interface Owner {
  readonly name: string;
  readonly directive: string | null;
  readonly place: ImportPlace;
}

const makeCampaign = async (
  { api, server }: Connection,
  { name, directive, place: { from, to, confirmed } }: Owner,
): Promise<string | undefined> => {
  const known = await answered(server, api.campaigns.$get());
  if (known === undefined) return undefined;
  const same = known.find((each) => each.name === name && each.from === from && each.to === to);
  const json = { name, directive, from, to, confirmed: [...confirmed] };
  return same?.id ?? (await answered(server, api.campaigns.$post({ json })))?.id;
};

type RuleFor = Pick<AirtimeRule, 'campaign' | 'unit' | 'scope' | 'level' | 'unlessAired'>;

const isSameRule = (one: RuleFor, other: RuleFor): boolean =>
  one.campaign === other.campaign &&
  one.unit === other.unit &&
  one.scope === other.scope &&
  one.level === other.level &&
  one.unlessAired === other.unlessAired;

const setRules = async (
  { api, server }: Connection,
  rules: TopicPack['rules'],
  { campaign, directive, place }: Owner & { readonly campaign: string },
): Promise<readonly string[] | undefined> => {
  const { unit, from, to, confirmed } = place;
  const ids: string[] = [];
  if (unit === undefined) return ids;
  const known = await answered(server, api.rules.$get());
  if (known === undefined) return undefined;
  for (const { unlessUnitAired, ...rule } of rules) {
    const owner = { campaign, directive, unit, from, to, confirmed: [...confirmed] };
    const json = { ...rule, ...owner, unlessAired: unlessUnitAired ? unit : null };
    if (known.some((each) => isSameRule(each, json))) continue;
    const set = await answered(server, api.rules.$post({ json }));
    if (set === undefined) return undefined;
    ids.push(set.id);
  }
  return ids;
};

type Written = { readonly id: string; readonly title: string; readonly isNew: boolean };

interface TextPlace {
  readonly campaign: string | null;
  /** The unit that is imported for. */
  readonly unit: string | undefined;
  readonly numbers: readonly PlacedNumber[];
}

const writeTexts = async (
  { api, server }: Connection,
  texts: readonly TopicBulletin[],
  { campaign, unit, numbers }: TextPlace,
): Promise<readonly Written[] | undefined> => {
  const known = await listed(server, (query) => api.bulletins.$get({ query }));
  if (known === undefined) return undefined;
  const campaigns = campaign === null ? [] : [campaign];
  const written: Written[] = [];
  for (const { title, language, supplier, role, priority, script } of texts) {
    const { units: asked, isReady } = textNeeds(script, numbers);
    const isIdent = identRoleSchema.safeParse(role).success;
    const units = isIdent && unit !== undefined ? [unit] : asked;
    const same = known.find(
      (each) =>
        each.title === title &&
        each.script === script &&
        each.units.join() === units.join() &&
        (campaign === null || each.campaigns.includes(campaign)),
    );
    const named = supplier === null ? {} : { supplier };
    const facts = { title, language, ...named, role, priority, campaigns, units };
    const json = { ...facts, text: script, submit: isReady };
    const bulletin = same ?? (await answered(server, api.bulletins.text.$post({ json })));
    if (bulletin === undefined) return undefined;
    written.push({ id: bulletin.id, title, isNew: same === undefined });
  }
  return written;
};

const importCampaign = async (
  connection: Connection,
  pack: TopicPack,
  owner: Omit<Owner, 'directive'>,
): Promise<Pick<Imported, 'directive' | 'campaign' | 'rules'> | undefined> => {
  const own = owner.place.directive;
  const given = own === undefined ? pack.directive : null;
  const directive = given === null ? own : await makeDirective(connection, given);
  if (given !== null && directive === undefined) return undefined;
  const whole = { ...owner, directive: directive ?? null };
  const campaign = await makeCampaign(connection, whole);
  if (campaign === undefined) return undefined;
  const rules = await setRules(connection, pack.rules, { ...whole, campaign });
  return rules && { directive: whole.directive, campaign, rules };
};

/**
 * Brings a topic into the site of whoever is signed in: directive, campaign, rules, telephone numbers
 * and texts, the texts as submitted bulletins, or as drafts where a number is missing. What stands
 * there already is not made again; idents are for the unit that is imported for. Undefined when the server refused something, which is said; what
 * was made until then stays.
 */
export const importTopic = async (
  connection: Connection,
  pack: TopicPack,
  place: ImportPlace,
): Promise<Imported | undefined> => {
  const { campaign: name } = pack;
  const none = { directive: null, campaign: null, rules: [] };
  const begun = name === null ? none : await importCampaign(connection, pack, { name, place });
  if (begun === undefined) return undefined;
  const numbers = await setNumbers(connection, pack.numbers, place);
  const { campaign } = begun;
  const { unit } = place;
  const texts =
    numbers && (await writeTexts(connection, pack.bulletins, { campaign, unit, numbers }));
  return (
    numbers &&
    texts && {
      ...begun,
      missing: numbers.filter(({ number }) => number === null).map(({ key }) => key),
      bulletins: texts.filter(({ isNew }) => isNew).map(({ id, title }) => ({ id, title })),
      alreadyThere: texts.filter(({ isNew }) => !isNew).map(({ title }) => title),
    }
  );
};
