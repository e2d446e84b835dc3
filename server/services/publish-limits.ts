import { canonicalJson } from '#core/canonical-json.ts';
import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { limitsSchema, type SpeakerLimits } from '#schemas/limits.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import type { StoredLimits } from '../ports/stored-plan.ts';
import { keepAlerts } from './keep-alerts.ts';
import { knownSite } from './known-site.ts';
import { readMakeGoodModes } from './make-good-modes.ts';
import { makeGoodPolicy, type PolicyFacts } from './make-good-policy.ts';
import { mergeQuietHours } from './merge-quiet-hours.ts';
import { nextRevision } from './next-revision.ts';
import { signPayload } from './sign-payload.ts';
import { readSiteLimits, type SiteLimits } from './site-limits.ts';
import { readSiteSettings } from './site-settings.ts';
import { quietHoursOn, readSiteRules } from './speaker-scope.ts';

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;
type LimitsContent = Omit<SpeakerLimits, 'revision' | 'issuedMs'>;

/** What the signed limits of the store say. */
export const readLimits = (stored: StoredLimits): SpeakerLimits => {
  const { payload } = envelopeSchema.parse(JSON.parse(stored.envelope));
  return limitsSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
};

/**
 * Tells every enrolled speaker what it refuses by itself: the quiet hours of the site and of all caps
 * that bind it today, its volume, how long it sounds without a pause; how it repays what was missed;
 * and what it needs to obey emergencies. Signed,
 * retained, with a greater revision, and only where something changed; the value is how many were told.
 * Errors: changedMeanwhile, alreadyExists, diskFull (the speakers before it are done).
 * Source: DESIGN.md, the way of a broadcast, 5.
 */
export const publishLimits = async (ports: Ports): Promise<Result<number, CommitProblem>> => {
  const { store } = ports;
  const site = await knownSite(store);
  const rules = await readSiteRules(store);
  const modes = await readMakeGoodModes(store);
  const settings = await readSiteSettings(store);
  const unitNames = new Map((await store.units()).map(({ id, name }) => [id, name]));
  const today = localDayAt(ports.clock.wallMs(), site.zone);
  const alerts = await keepAlerts(ports);
  if (!alerts.ok) return alerts;
  const { limits } = await readSiteLimits(store);
  let told = 0;
  for (const speaker of await store.speakers()) {
    if (speaker.state !== 'enrolled') continue;
    const content = limitsContent({ site, rules, modes, today, settings, unitNames }, speaker, {
      ...limits,
      alerts: [...alerts.value],
    });
    const done = await tellLimits(ports, content);
    if (!done.ok) return done;
    if (done.value) told += 1;
  }
  return ok(told);
};

/** What is the same for every speaker of the site. */
type SharedLimits = SiteLimits & Pick<SpeakerLimits, 'alerts'>;

interface LimitsFacts extends PolicyFacts {
  readonly settings: SiteSettings;
  readonly unitNames: ReadonlyMap<string, string>;
}

const limitsContent = (
  facts: LimitsFacts,
  speaker: Speaker,
  shared: SharedLimits,
): LimitsContent => {
  const { site, rules, today, settings } = facts;
  const ofCaps = quietHoursOn(rules.capsOf(speaker, today), today);
  return {
    v: 1,
    site: site.slug,
    speaker: speaker.id,
    zone: site.zone,
    quietHours: mergeQuietHours([...settings.quietHours, ...ofCaps]),
    ...shared,
    volume: speaker.volume,
    makeGood: makeGoodPolicy(facts, speaker),
    units: [...rules.unitsAbove(speaker, today)],
    names: { speaker: speaker.name, unit: facts.unitNames.get(speaker.unit) ?? speaker.unit },
  };
};

const tellLimits = async (
  ports: Ports,
  content: LimitsContent,
): Promise<Result<boolean, CommitProblem>> => {
  const { speaker, site } = content;
  const stored = await ports.store.limitsOf(speaker);
  const {
    revision: last = 0,
    issuedMs: _,
    ...before
  } = stored === undefined ? { issuedMs: 0 } : readLimits(stored);
  if (canonicalJson(before) === canonicalJson(content)) return ok(false);
  const issuedMs = Math.floor(ports.clock.wallMs());
  const revision = nextRevision(last, issuedMs);
  const limits = { ...content, revision, issuedMs };
  const envelope = JSON.stringify(signPayload(ports.keys, 'limits', limits));
  const done = await ports.store.commit({
    changes: [{ do: 'put', what: 'limits', value: { speaker, revision, envelope } }],
    guards: [{ kind: 'limitsRevision', speaker, revision: last }],
    outbox: [
      {
        id: createId(ports.clock, ports.entropy),
        topic: topicOf('limits', { site, speaker }),
        payload: envelope,
        retain: true,
      },
    ],
  });
  return done.ok ? ok(true) : done;
};
