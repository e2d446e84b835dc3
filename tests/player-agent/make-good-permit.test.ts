import { expect, test } from 'vitest';
import type { Permit } from '#schemas/make-good.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { SITE } from '#tests/support/brokers.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import type { AgentRig } from './support/agent-rig.ts';
import {
  at,
  DAY,
  darkMorning,
  EVENING,
  MORNING,
  morning,
  notRepaid,
  verdictOf,
  village,
} from './support/missed-morning.ts';
import { idOf, SPEAKER } from './support/station.ts';

const permitOf = (change: Partial<Permit> = {}): Permit => ({
  v: 1,
  site: SITE,
  speaker: SPEAKER,
  revision: 1,
  issuedMs: at('06:00:00'),
  expiresMs: at('24:00:00'),
  day: DAY,
  sessions: [plannedSessionId(MORNING)],
  ...change,
});

test('where a permit is needed a missed session waits for it, says so, and is repaid with it', async () => {
  const rig = village({ mode: 'permit' });
  await darkMorning(rig);
  const { player } = await rig.boot();
  await rig.clock.advance(600_000);
  expect(player.sounded).toEqual([]);
  expect(notRepaid(rig.station.records)).toEqual([[plannedSessionId(MORNING), 'noPermit']]);
  rig.station.send('permit', permitOf());
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
});

test('a permit is kept over a restart without a network', async () => {
  const rig = village({ mode: 'permit' });
  await darkMorning(rig);
  const second = await rig.boot();
  rig.station.send('permit', permitOf());
  await rig.clock.advance(1_000);
  second.powerCut();
  rig.broker.setUp(false);
  const third = await rig.boot();
  await third.agent.setManualTime(rig.clock.wallMs());
  await rig.clock.advanceToWall(at('06:30:00'));
  expect(third.player.sounded).toHaveLength(morning.length);
});

test.each<{ why: string; send: (rig: AgentRig) => void; reason: string }>([
  {
    why: 'it is forged',
    send: (rig) => rig.station.send('permit', permitOf(), { signer: newSigner() }),
    reason: 'badSignature',
  },
  {
    why: 'its signature is for another purpose',
    send: (rig) => rig.station.send('permit', permitOf(), { purpose: 'limits' }),
    reason: 'badSignature',
  },
  {
    why: 'it is for another speaker',
    send: (rig) => rig.station.send('permit', permitOf({ speaker: idOf(7) })),
    reason: 'wrongSpeaker',
  },
  {
    why: 'it has expired',
    send: (rig) => rig.station.send('permit', permitOf({ expiresMs: at('06:00:05') })),
    reason: 'expired',
  },
  {
    why: 'a newer one has taken its place',
    send: (rig) => {
      rig.station.send('permit', permitOf({ revision: 3, sessions: [plannedSessionId(EVENING)] }));
      rig.station.send('permit', permitOf({ revision: 2 }));
    },
    reason: 'oldRevision',
  },
  {
    why: 'it is no permit',
    send: (rig) => rig.station.send('permit', { ...permitOf(), sessions: [] }),
    reason: 'badMessage',
  },
])(
  'a permit permits nothing, and is refused with a record, when $why',
  async ({ send, reason }) => {
    const rig = village({ mode: 'permit' });
    await darkMorning(rig);
    const { player } = await rig.boot();
    await rig.clock.advance(10_000);
    send(rig);
    await rig.clock.advance(600_000);
    expect(player.sounded).toEqual([]);
    const refused = rig.recordsOf('refused').filter(({ what }) => what === 'permit');
    expect(refused.map((record) => record.reason)).toEqual([reason]);
  },
);

test('a permit of another day, or for another session, permits nothing', async () => {
  const rig = village({ mode: 'permit' });
  await darkMorning(rig);
  const { player } = await rig.boot();
  rig.station.send('permit', permitOf({ day: '2026-11-24' }));
  await rig.clock.advance(600_000);
  rig.station.send('permit', permitOf({ revision: 2, sessions: [plannedSessionId(EVENING)] }));
  await rig.clock.advance(600_000);
  expect(player.sounded).toEqual([]);
});
