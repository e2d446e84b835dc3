import { describe, expect, it } from 'vitest';
import {
  at,
  bulletinOf,
  clipOf,
  idOf,
  lengthMs,
  MINUTE_MS,
  OTHER_CAMPAIGN,
  ruleOf,
  someBulletins,
} from './plan-inputs.ts';
import { bulletinsOf, sessionsOf } from './planned.ts';

describe('what sessions hold', () => {
  it('each holds its minimum and the margin, and overshoots by less than ten seconds', () => {
    for (const session of sessionsOf()) {
      expect(lengthMs(session)).toBeGreaterThanOrEqual(30 * MINUTE_MS + 30_000);
      expect(lengthMs(session)).toBeLessThan(30 * MINUTE_MS + 40_000);
    }
  });

  it('slots follow one another without a gap, at the sums of the exact lengths', () => {
    for (const session of sessionsOf()) {
      let offsetMs = 0;
      for (const slot of session.slots) {
        expect(slot.offsetMs).toBe(offsetMs);
        expect(slot.durationMs).toBe(slot.clip?.durationMs);
        offsetMs += slot.durationMs;
      }
    }
  });

  it('no bulletin follows itself while there is another, whatever the lengths', () => {
    const bulletins = [bulletinOf(1, 240_123), bulletinOf(2, 330_456)];
    for (const slots of bulletinsOf({ bulletins })) {
      for (const [index, id] of slots.entries()) expect(slots[index + 1]).not.toBe(id);
    }
  });

  it('a bulletin too long for the daypart does not keep the others from being aired', () => {
    const long = bulletinOf(40, 100 * MINUTE_MS);
    const bulletins = [...someBulletins, long];
    expect(bulletinsOf({ bulletins }).flat()).not.toContain(long.id);
  });

  it('a bulletin that fits badly gets its turn all the same', () => {
    const bulletins = [600, 540, 480, 421].map((s, index) => bulletinOf(index, s * 1000));
    expect(new Set(bulletinsOf({ bulletins }).flat()).size).toBe(4);
  });

  it('a session that just fits goes without the margin', () => {
    const rules = [ruleOf({ minOccurrences: 1, dayparts: [{ from: '05:30', to: '06:00' }] })];
    const bulletins = [bulletinOf(1, 10 * MINUTE_MS), bulletinOf(2, 5 * MINUTE_MS)];
    expect(sessionsOf({ rules, bulletins }).map(lengthMs)).toEqual([30 * MINUTE_MS]);
  });

  it('a campaign of one bulletin repeats it', () => {
    const [first] = bulletinsOf({ bulletins: [bulletinOf(1, 240_000)] });
    expect(first).toHaveLength(8);
  });

  it('every bulletin has had its turn before one comes a second time', () => {
    const [first = [], second = []] = bulletinsOf();
    const heard = [...first, ...second].slice(0, someBulletins.length - 1);
    expect(new Set(heard).size).toBe(heard.length);
  });

  it('the newest bulletin opens the first session, what was played last comes late', () => {
    expect(bulletinsOf()[0]?.[0]).toBe(someBulletins.at(-1)?.id);
    const played = someBulletins.slice(2).map(({ id }) => ({ bulletin: id, lastMs: at('04:00') }));
    expect(new Set(bulletinsOf({ played })[0]?.slice(0, 2))).toEqual(
      new Set([someBulletins[1]?.id, someBulletins[0]?.id]),
    );
  });

  it('a mandatory bulletin opens every session, also of another campaign', () => {
    const urgent = bulletinOf(70, 61_000, { priority: 'priority', campaigns: [OTHER_CAMPAIGN] });
    for (const slots of bulletinsOf({ bulletins: [...someBulletins, urgent] })) {
      expect(slots.indexOf(urgent.id)).toBe(0);
      expect(slots.lastIndexOf(urgent.id)).toBe(0);
    }
  });

  it('ident first, hotline and closing last', () => {
    const frame = (['closing', 'ident', 'hotline'] as const).map((role, index) => ({
      role,
      bulletin: null,
      clip: clipOf(80 + index, 8000),
      validFromMs: 0,
      expiresMs: at('00:00', '2026-01-01'),
    }));
    for (const session of sessionsOf({ frame })) {
      const roles = session.slots.map((slot) => slot.role);
      expect(roles[0]).toBe('ident');
      expect(roles.slice(-2)).toEqual(['hotline', 'closing']);
      expect(roles.slice(1, -2).every((role) => role === 'bulletin')).toBe(true);
    }
  });

  it('an ident that expires between two sessions gives way to the next one, as a whole', () => {
    const always = { role: 'ident' as const, validFromMs: 0, expiresMs: at('00:00', '2026-01-01') };
    const own = { ...always, bulletin: idOf(80), clip: clipOf(80, 8000), expiresMs: at('12:00') };
    const above = { ...always, bulletin: idOf(81), clip: clipOf(81, 20_000), rank: 1 };
    const rules = [ruleOf({ counts: 'session' })];
    const sessions = sessionsOf({ frame: [above, own], rules });
    expect(sessions.map(({ slots }) => slots[0]?.bulletin)).toEqual([idOf(80), idOf(81)]);
    for (const session of sessions) {
      expect(session.slots.filter(({ role }) => role === 'ident')).toHaveLength(1);
      expect(lengthMs(session)).toBeGreaterThanOrEqual(30 * MINUTE_MS + 30_000);
    }
  });

  it('of idents without a rank one sounds, and only that one is counted', () => {
    const idents = [80, 81].map((number) => ({
      role: 'ident' as const,
      bulletin: idOf(number),
      clip: clipOf(number, MINUTE_MS),
      validFromMs: 0,
      expiresMs: at('00:00', '2026-01-01'),
    }));
    for (const session of sessionsOf({ frame: idents, rules: [ruleOf({ counts: 'session' })] })) {
      expect(session.slots.filter(({ role }) => role === 'ident')).toHaveLength(1);
      expect(lengthMs(session)).toBeGreaterThanOrEqual(30 * MINUTE_MS + 30_000);
      expect(lengthMs(session)).toBeLessThan(30 * MINUTE_MS + 40_000);
    }
  });

  it.each([
    { why: 'expires while it would sound', changes: { expiresMs: at('05:33') } },
    { why: 'is not valid yet', changes: { validFromMs: at('18:00') } },
    { why: 'belongs to no campaign of the day', changes: { campaigns: [OTHER_CAMPAIGN] } },
    { why: 'is an emergency', changes: { priority: 'emergency' as const } },
  ])('a bulletin that $why does not appear', ({ changes }) => {
    const wrong = bulletinOf(60, 300_000, changes);
    const heard = bulletinsOf({ bulletins: [wrong, ...someBulletins] }).flat();
    expect(heard).not.toContain(wrong.id);
  });
});
