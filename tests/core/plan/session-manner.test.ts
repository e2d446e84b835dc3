import { describe, expect, it } from 'vitest';
import { defaultPlanSettings, type PlanSettings } from '#core/plan/plan-input.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { at, DAY, ruleOf, someBulletins } from './plan-inputs.ts';
import { planOf } from './planned.ts';

const morning = { from: '05:30', to: '06:30' };
const evening = { from: '17:00', to: '18:00' };
const rules = [morning, evening].map((daypart, index) =>
  ruleOf({
    id: `0197a000-0000-7000-8000-00000000000${index}`,
    minOccurrences: 1,
    dayparts: [daypart],
  }),
);

const planned = (
  settings: Partial<PlanSettings>,
  rest: { nowMs?: number; previous?: Playlist; bulletins?: typeof someBulletins } = {},
) => planOf({ rules, settings: { ...defaultPlanSettings, ...settings }, ...rest }).playlist;
const mannersIn = ({ sessions }: Playlist) =>
  sessions.map(({ volume, late }) => ({ volume, late }));

describe('sessions of a daypart', () => {
  it('are as loud as it is set for the daypart, all others as for the site', () => {
    const quieter = { ...evening, volume: 40, late: null };
    expect(mannersIn(planned({ volume: 70, manners: [quieter] }))).toEqual([
      { volume: 70, late: undefined },
      { volume: 40, late: undefined },
    ]);
  });

  it('do with who comes late what is set for the daypart, all others what is set for the site', () => {
    const late = { do: 'restart', withinMin: 10 } as const;
    const joined = { from: '17:00', to: '17:00', volume: null, late: { do: 'join' } } as const;
    const skipped = { ...morning, volume: null, late: { do: 'skip' } } as const;
    expect(mannersIn(planned({ late, manners: [skipped] }))).toEqual([
      { volume: null, late: { do: 'skip' } },
      { volume: null, late },
    ]);
    // Of several the first holds, and hours from a time to itself are the whole day.
    expect(mannersIn(planned({ late, manners: [joined, skipped] }))).toEqual([
      { volume: null, late: undefined },
      { volume: null, late: undefined },
    ]);
  });

  it('reach over midnight where the daypart does', () => {
    const night = { from: '16:00', to: '04:00', volume: 30, late: null };
    expect(mannersIn(planned({ manners: [night] })).map(({ volume }) => volume)).toEqual([
      null,
      30,
    ]);
  });

  it('are planned to the byte as before where nobody has set anything', () => {
    expect(planned({ late: { do: 'join' }, manners: [] })).toEqual(planned({}));
    expect(JSON.stringify(planned({}))).not.toContain('late"');
  });

  it('stay as they are once they have begun, and follow a change before', () => {
    const previous = planned({ volume: 70 });
    const nowMs = at('12:00', DAY);
    const changed = planned({ volume: 50, late: { do: 'skip' } }, { nowMs, previous });
    expect(mannersIn(changed)).toEqual([
      { volume: 70, late: undefined },
      { volume: 50, late: { do: 'skip' } },
    ]);
    expect(mannersIn(planned({}, { nowMs, previous: changed }))).toEqual([
      { volume: 70, late: undefined },
      { volume: null, late: undefined },
    ]);
  });

  it('are as loud as they were when one is withdrawn from them minutes before they begin', () => {
    const late = { do: 'skip' } as const;
    const quieter = { volume: 70, manners: [{ ...morning, volume: 40, late }] };
    const previous = planned(quieter);
    const withdrawn = previous.sessions[0]?.slots[2]?.bulletin;
    const bulletins = someBulletins.filter(({ id }) => id !== withdrawn);
    const changed = planned(quieter, { nowMs: at('05:25', DAY), previous, bulletins });
    expect(changed.sessions[0]?.startMs).toBe(previous.sessions[0]?.startMs);
    expect(mannersIn(changed)[0]).toEqual({ volume: 40, late });
  });
});
