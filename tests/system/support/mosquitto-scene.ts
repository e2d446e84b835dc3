import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { dynamicSecurityFile, SALT_BYTES } from '#server/mqtt/dynamic-security-file.ts';
import { type Commune, foundCommune, type Released } from '#tests/support/commune.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { type FakeVillage, foundVillage } from '#tests/support/fake-village.ts';
import { startMosquitto } from '#tests/support/mosquitto.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

/** The slug of the small starter pack. */
export const SITE = 'xa-thu';
export const DAY = '2026-11-23';
const EVE = '2026-11-22';

/** The instant of a wall time in the village, in epoch milliseconds. */
export const at = (day: string, time: string): number => Date.parse(`${day}T${time}+07:00`);

/** A commune whose broker is Debian's Mosquitto, on the evening before its rule begins. */
export interface MosquittoScene {
  readonly clock: FakeClock;
  readonly place: ServerPlace;
  readonly commune: Commune;
  readonly bulletins: readonly Released[];
  /** Enrolled, and not started yet. */
  readonly village: FakeVillage;
  readonly agentFolder: string;
  /** Sets the rule: once on `DAY`, a minute, between 05:30 and 06:30. */
  rule(): Promise<string>;
  /** A connection with the rights of the server, as whoever owns the broker has. */
  intruder(): Promise<MqttClient>;
  /** Stops the server and starts another one on the same data, at the same address. */
  restartServer(): Promise<void>;
}

const INTRUDER = 'intruder';
const policySchema = z.looseObject({
  clients: z.tuple([z.looseObject({ username: z.string() })]),
});

/** Debian's broker with the deployed configuration, and how the server signs in. */
const openBroker = async () => {
  const username = 'tieng-lang-server';
  const password = Buffer.from(systemEntropy.bytes(24)).toString('base64url');
  const salt = systemEntropy.bytes(SALT_BYTES);
  const file = dynamicSecurityFile({ site: SITE, username, password, salt });
  const policy = policySchema.parse(JSON.parse(file));
  const [server] = policy.clients;
  const clients = [server, { ...server, username: INTRUDER }];
  const broker = await startMosquitto(JSON.stringify({ ...policy, clients }));
  onTestFinished(broker.end);
  return { url: broker.url, username, password };
};

/** Sets the scene; everything is gone when the test has finished. */
export const setMosquittoScene = async (): Promise<MosquittoScene> => {
  const clock = createFakeClock(at(EVE, '20:00:00'));
  const place = await createServerPlace();
  onTestFinished(place.remove);
  const { url, username, password } = await openBroker();
  const settings = {
    ...{ BROKER_URL: url, BROKER_USERNAME: username, BROKER_PASSWORD: password },
    FOUR_EYES: 'true',
  };
  const given = { clock, audio: createFfmpegAudioTools(systemClock()) };
  let server = await place.run({ settings, given });
  onTestFinished(() => server.stop());
  const { port } = new URL(server.url);
  const span = { from: DAY, to: DAY };
  const commune = await foundCommune(server, place.folder, span);
  const bulletins: Released[] = [];
  for (const [index, seconds] of [16, 19].entries()) {
    const recording = { title: `Bản tin ${index + 1}`, format: 'ogg', seconds } as const;
    bulletins.push(await commune.bring({ ...recording, skip: index * 8 }));
  }
  const agentFolder = join(place.folder, 'agent');
  const code = await commune.code();
  const village = await foundVillage({ clock, folder: agentFolder, serverUrl: server.url, code });
  onTestFinished(village.stop);
  const dayparts = [{ from: '05:30', to: '06:30' }];
  return {
    ...{ clock, place, commune, bulletins, village, agentFolder },
    rule: () => commune.rule({ ...span, minOccurrences: 1, minMinutes: 1, dayparts }),
    intruder: async () => {
      const signIn = { username: INTRUDER, password, protocolVersion: 4 } as const;
      const client = await connectAsync(url, signIn);
      onTestFinished(() => client.endAsync(true));
      return client;
    },
    restartServer: async () => {
      await server.stop();
      server = await place.run({ settings: { ...settings, HTTP_PORT: port }, given });
    },
  };
};
