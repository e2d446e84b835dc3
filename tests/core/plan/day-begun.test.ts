import { describe, expect, it } from 'vitest';
import { at, bulletinOf, DAY, idOf, someBulletins, startsOf } from './plan-inputs.ts';
import { planOf, sessionsOf } from './planned.ts';

describe('a day that has begun', () => {
  it('a first start in the afternoon plans both occurrences into the evening', () => {
    const plan = planOf({ nowMs: at('14:00') });
    expect(startsOf(plan.playlist.sessions)).toEqual(['17:00', '17:45']);
    expect(plan.shortfalls).toEqual([]);
  });

  it('what does not fit any more is told beside the plan', () => {
    const plan = planOf({ nowMs: at('17:20') });
    expect(startsOf(plan.playlist.sessions)).toEqual(['17:30']);
    expect(plan.shortfalls).toEqual([{ rule: idOf(10), day: DAY, needed: 2, placed: 1 }]);
  });

  it('sessions that have begun or begin within ten minutes stay as they are', () => {
    const previous = planOf().playlist;
    const added = bulletinOf(61, 300_001);
    const bulletins = [...someBulletins, added];
    const sessions = sessionsOf({ nowMs: at('16:50') + 1, previous, bulletins });
    expect(sessions).toEqual(previous.sessions);
  });

  it('a later session takes up a new bulletin at its old start', () => {
    const previous = planOf().playlist;
    const added = bulletinOf(61, 300_001);
    const bulletins = [...someBulletins, added];
    const sessions = sessionsOf({ nowMs: at('12:00'), previous, bulletins });
    expect(sessions[0]).toEqual(previous.sessions[0]);
    expect(startsOf(sessions)).toEqual(['05:30', '17:00']);
    expect(sessions[1]?.slots[0]?.bulletin).toBe(added.id);
  });

  it('a session about to begin is planned anew when one of its bulletins is withdrawn', () => {
    const previous = planOf().playlist;
    const withdrawn = previous.sessions[0]?.slots[2]?.bulletin;
    const bulletins = someBulletins.filter(({ id }) => id !== withdrawn);
    const sessions = sessionsOf({ nowMs: at('05:25'), previous, bulletins });
    expect(startsOf(sessions)).toEqual(['05:30', '17:00']);
    expect(sessions.flatMap(({ slots }) => slots.map((slot) => slot.bulletin))).not.toContain(
      withdrawn,
    );
  });

  it('a session under way loses a withdrawn bulletin, and what it lacks then is placed again', () => {
    const previous = planOf().playlist;
    const withdrawn = previous.sessions[0]?.slots.at(-1)?.bulletin;
    const bulletins = someBulletins.filter(({ id }) => id !== withdrawn);
    const sessions = sessionsOf({ nowMs: at('05:40'), previous, bulletins });
    expect(sessions[0]?.slots).toHaveLength((previous.sessions[0]?.slots.length ?? 0) - 1);
    expect(startsOf(sessions)).toEqual(['05:30', '05:59', '17:00']);
  });

  it('a session about to begin gives way to quiet hours that were set meanwhile', () => {
    const previous = planOf().playlist;
    const quietHours = [{ from: '17:00', to: '17:30' }];
    const sessions = sessionsOf({ nowMs: at('16:55'), previous, quietHours });
    expect(startsOf(sessions)).toEqual(['05:30', '17:30']);
  });

  it('a playlist of another day keeps nothing', () => {
    const previous = { ...planOf().playlist, day: '2025-01-13' };
    expect(startsOf(sessionsOf({ nowMs: at('16:00'), previous }))).toEqual(['17:00', '17:45']);
  });
});
