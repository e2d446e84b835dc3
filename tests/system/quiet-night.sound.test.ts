import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wait } from '#runtime/clock.ts';
import { idOf, playlistOf, sessionOf } from '#tests/player-agent/support/station.ts';
import { startNightSpeaker } from '#tests/support/night-speaker.ts';
import { createSoundRig, openTestPlayer } from '#tests/support/sound-rig.ts';

const DAY = '2026-11-23';
const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
const SCENE_TIMEOUT_MS = 180_000;
/** From the start of the scene to the end of the session that was ordered. */
const SESSION_OVER_MS = 11_000;

test(
  'a server whose limits were taken away orders 03:15: the sink stays silent, and only a signed emergency sounds',
  async () => {
    const rig = await createSoundRig([3, 3]);
    const player = await openTestPlayer(rig.clock, { env: rig.env });
    const folder = join(rig.folder, 'agent');
    const speaker = await startNightSpeaker({
      ...{ clock: rig.clock, player, folder, items: rig.clips.items, wallMs: at('03:14:53') },
      prepare: (station, [ordered, urgent]) => {
        if (ordered === undefined || urgent === undefined) throw new Error('two clips are needed');
        const alert = station.plan(playlistOf(null, [sessionOf(null, [urgent])]));
        station.limit({ alerts: [alert] });
        const session = sessionOf(at('03:15:00'), [ordered], { priority: 'emergency' });
        const day = station.plan(playlistOf(DAY, [session]));
        const list = station.plan(playlistOf(null, [sessionOf(null, [ordered])]));
        const times = { notBeforeMs: at('03:14:55'), expiresMs: at('03:15:30') };
        const order = { kind: 'play', id: idOf(1), playlist: list, ...times } as const;
        station.point({ days: { [DAY]: day }, orders: [order] });
      },
    });
    const { station } = speaker;
    const overPosMs = rig.clock.positionMs() + SESSION_OVER_MS;
    await speaker.record(({ kind }) => kind === 'clock');
    // Whoever took the server takes the limits away: those that the speaker has still hold.
    station.sendRaw(`tl/v1/xa-mau/speakers/${idOf(1)}/limits`, new Uint8Array());
    const refused = await speaker.record(
      (record) => record.kind === 'refused' && record.session === `p-${at('03:15:00')}`,
    );
    expect(refused).toMatchObject({ what: 'session', reason: 'quietHours' });
    await wait(rig.clock, overPosMs - rig.clock.positionMs());
    expect(station.records.filter(({ kind }) => kind === 'ended')).toEqual([]);
    const alert = station.plan(playlistOf(null, [sessionOf(null, speaker.clips.slice(1))]));
    const { id } = station.alarm({ playlist: alert, repeats: 1 });
    const ended = await speaker.record(({ kind }) => kind === 'ended');
    expect(ended).toMatchObject({ emergency: id, drill: false, volume: 90 });
    await speaker.stop();
    expect(speaker.faults).toEqual([]);
    expect([...new Set((await rig.heard()).map(({ clip }) => clip))]).toEqual(['clip1']);
  },
  SCENE_TIMEOUT_MS,
);
