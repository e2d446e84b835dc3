import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import { createAgent } from '#player-agent/agent.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { mqttConnect } from '#player-agent/link/mqtt-link.ts';
import { systemEntropy } from '#runtime/clock.ts';
import { signerFromPem } from '#runtime/signing.ts';
import { createFakeClock, turn } from '#tests/support/fake-clock.ts';
import { createFakePlayer } from '#tests/support/fake-player.ts';
import { type Life, lifeSchema, type Truth } from '../support/killed-life.ts';

/** `node live-until-killed.ts LIFE`: a speaker on a fake clock that kills itself at an instant. */
const life: Life = lifeSchema.parse(JSON.parse(process.argv[2] ?? ''));
const signer = signerFromPem(life.privateKeyPem);
if (signer === undefined) throw new Error('no key');
const clock = createFakeClock(life.wallMs);
const player = createFakePlayer(clock);
let toldSeq = 0;
let boot: string | null = null;
const faults: string[] = [];
const tellTruth = (): void => {
  const truth: Truth = {
    ...{ boot, toldSeq, faults },
    sounded: player.sounded.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
  };
  writeFileSync(life.truthPath, JSON.stringify(truth));
};
/** The records that the agent holds to be on the disk. */
const logger = pino(
  { level: 'info' },
  {
    write: (line) => {
      const { event, seq } = JSON.parse(line);
      if (event === 'recordWritten') toldSeq = seq;
    },
  },
);
const die = async (): Promise<void> => {
  for (let turns = 0; turns < life.turns; turns += 1) await turn();
  player.cut();
  tellTruth();
  process.kill(process.pid, 'SIGKILL');
};
const killIn = life.killAtMs === null ? null : life.killAtMs - life.wallMs;
if (killIn !== null && killIn <= 0) void die();
else if (killIn !== null) clock.at(killIn, () => void die());

let tellConnected: () => void = () => undefined;
const connected = new Promise<void>((resolve) => {
  tellConnected = resolve;
});
const created = await createAgent({
  ...{ clock, entropy: systemEntropy, disk: nodeDisk, player, logger, signer },
  connect: (options, events) =>
    mqttConnect({ logger, clock })(options, {
      ...events,
      onConnected: () => {
        events.onConnected();
        tellConnected();
      },
    }),
  fetchUrl: async (url) => new Response(await readFile(join(life.clipsFolder, basename(url)))),
  grant: life.grant,
  folder: life.folder,
  ...{ maxCacheBytes: 1_000_000_000, logRetentionDays: 400, agentVersion: '0.1.0' },
  systemTime: null,
  onRestart: () => undefined,
  onFault: (error) => faults.push(String(error)),
});
if (!created.ok) throw new Error(JSON.stringify(created.problem));
const agent = created.value;
boot = agent.boot;
await agent.setManualTime(clock.wallMs());
clock.onSettle(agent.settled);
await connected;
await clock.advanceToWall(life.untilMs);
// What is left to be delivered is, before it ends.
process.stdout.write('lived\n');
process.stdin.resume();
process.stdin.once('end', () => {
  void agent.stop().then(() => {
    tellTruth();
    process.exit(0);
  });
});
