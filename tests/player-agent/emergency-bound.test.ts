import { expect, test } from 'vitest';
import { MAX_OPEN_EMERGENCIES } from '#core/playback/emergency-book.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

test('a speaker that holds as many emergencies as it can still obeys a cancel', async () => {
  const rig = createAgentRig({ at: '2026-11-23T10:00:00+07:00' });
  rig.station.limit();
  const lost = rig.station.plan(playlistOf(null, [sessionOf(null, [clipOf('lost', 9_000)])]));
  const boot = await rig.boot();
  const held = Array.from({ length: MAX_OPEN_EMERGENCIES }, () =>
    rig.station.alarm({ playlist: lost }),
  );
  const last = rig.station.alarm({ playlist: lost });
  rig.station.alarm({ cancels: held[0]?.id ?? '' });
  await rig.clock.advance(60_000);
  expect(boot.player.sounded).toEqual([]);
  expect(rig.recordsOf('refused')).toMatchObject([
    { what: 'emergency', reason: 'noRoom', emergency: last.id },
    { what: 'emergency', reason: 'withdrawn', emergency: held[0]?.id },
  ]);
  expect(rig.faults).toEqual([]);
});
