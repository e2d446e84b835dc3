import { createNotedClipStore } from '#content/noted-clip-store.ts';
import { loadPack, STARTER_PACK_FOLDER } from '#content/packs/load-pack.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { composeAddresses, type TakenPorts } from './compose-addresses.ts';
import { type ComposedBroker, composeBroker } from './compose-broker.ts';
import { composeCleaning } from './compose-cleaning.ts';
import { openMemory } from './compose-memory.ts';
import { proxyList } from './compose-proxies.ts';
import { composeRespeaking, mayChangeNumbers } from './compose-respeaking.ts';
import { composeTls, ownNames } from './compose-tls.ts';
import { composeUploads } from './compose-uploads.ts';
import type { ServerConfig } from './config.ts';
import { settingToVariable } from './config-read.ts';
import { createApp } from './http/app.ts';
import { createPlainDoor, createSecureDoor } from './http/doors.ts';
import { listen } from './http/listen.ts';
import { createPlainApp } from './http/plain-app.ts';
import { startJobs } from './jobs/cron.ts';
import { createOneAtATime } from './jobs/one-at-a-time.ts';
import { planJobs } from './jobs/plan-jobs.ts';
import { createReplanner } from './jobs/replanner.ts';
import { uploadJob } from './jobs/upload-job.ts';
import { createWorkGate } from './jobs/work-gate.ts';
import type { Life } from './life.ts';
import { startOutboxPump } from './mqtt/outbox-pump.ts';
import { openSpeakerDoor } from './mqtt/speaker-door.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import type { Work } from './ports/store.ts';
import type { TlsSource } from './ports/tls.ts';
import { createAnswerTime } from './services/answer-time.ts';
import { changesToLive } from './services/changes-to-live.ts';
import { changesToReplan } from './services/changes-to-replan.ts';
import { keepReport } from './services/keep-report.ts';
import { keepVerdicts } from './services/keep-verdicts.ts';
import { makePlans } from './services/make-plans.ts';
import { makeStarterBulletins } from './services/make-starter-bulletins.ts';
import { receiveRecords } from './services/receive-records.ts';
import { setUpSite } from './services/set-up-site.ts';
import { createLiveFeed } from './services/tell-live.ts';
import { tellSpeakersLive } from './services/tell-speakers-live.ts';
import { tellVerdicts } from './services/tell-verdicts.ts';
import { checkTrustEnd } from './services/trust-end.ts';
import { createSpeakerWatch } from './services/watch-speakers.ts';
import type { Surroundings } from './surroundings.ts';

/** What people bring takes one core at a time; who waits has uploaded everything already. */
const AUDIO_BOUNDS = { mostRunning: 1, mostWaiting: 16, retryAfterS: 60 };
/** A script is read in a second, but for files that mean harm. */
const SCRIPT_BOUNDS = { mostRunning: 1, mostWaiting: 8, retryAfterS: 20 };

/** What could not be spoken anew, because the audio tools were busy, is tried again. */
const EVERY_FIVE_MINUTES = '50 */5 * * * *';

export interface ComposeInput {
  readonly config: ServerConfig;
  readonly surroundings: Surroundings;
  /** Ends what this server opens, whether it starts or not. */
  readonly life: Life;
}

/** What stands once everything listens. */
export interface ComposedServer {
  readonly ports: ServerPorts;
  readonly zone: string;
}

/** Who hears of a commit, once they are there. */
interface Notice {
  wakePump: () => void;
  replan: (reason: string) => void;
  judge: (changes: Work['changes']) => void;
  respeak: () => void;
}

/**
 * Puts the parts together, from the database to the doors. Errors: those of a start; what was opened
 * until then is left to `life`. Source: DESIGN.md, the house.
 */
export const composeServer = async (
  input: ComposeInput,
): Promise<Result<ComposedServer, Problem>> => {
  const { config, surroundings, life } = input;
  const notice: Notice = {
    wakePump: () => {},
    replan: () => {},
    judge: () => {},
    respeak: () => {},
  };
  const live = createLiveFeed(surroundings);
  const onCommit = (work: Work): void => {
    if (work.outbox !== undefined && work.outbox.length > 0) notice.wakePump();
    const stale = changesToReplan(work.changes);
    if (stale !== undefined) notice.replan(stale);
    live.publish(changesToLive(work.changes));
    notice.judge(work.changes);
    if (mayChangeNumbers(work.changes)) notice.respeak();
  };
  const memory = await openMemory({ ...input, onCommit });
  if (!memory.ok) return memory;
  const { store } = memory.value;
  const folder = config.starter.folder ?? STARTER_PACK_FOLDER;
  const site = await setUpSite({ ...surroundings, store }, config.starter, () => loadPack(folder));
  if (!site.ok) return site;
  const tls = await composeTls(input, site.value.name);
  if (!tls.ok) return tls;
  const { source } = tls.value ?? {};
  const brokerInput = { ...surroundings, store, site: site.value.slug, tls: source };
  const broker = await composeBroker({ ...brokerInput, config: config.broker });
  if (!broker.ok) return broker;
  const replan = createReplanner(() => makePlans(ports), surroundings.log);
  notice.replan = replan.request;
  const verdicts = keepVerdicts({ ...surroundings, store });
  const inBackground = (run: () => Promise<void>, event: string) =>
    createOneAtATime(run, (error) => surroundings.log.error({ event, error: String(error) }));
  const telling = inBackground(() => tellVerdicts(verdicts, live), 'verdictsNotTold');
  notice.judge = (changes) => {
    if (verdicts.note(changes)) telling.request();
  };
  const taken: TakenPorts = { http: 0, broker: broker.value.ports };
  const privateAddress = () => ownNames(surroundings).addresses[0];
  const addresses = composeAddresses({ config, taken, privateAddress });
  const uploads = composeUploads(() => ports, { ...surroundings, life });
  const noted = createNotedClipStore(memory.value.clips);
  const ports: ServerPorts = {
    ...surroundings,
    ...memory.value,
    clips: noted.clips,
    broker: broker.value.broker,
    replan,
    audioGate: createWorkGate(AUDIO_BOUNDS),
    scriptGate: createWorkGate(SCRIPT_BOUNDS),
    watch: tellSpeakersLive(createSpeakerWatch(), live),
    live,
    verdicts,
    addresses,
    workFolder: config.workFolder,
    maxUploadBytes: config.maxUploadBytes,
    uploadFolder: config.uploadFolder,
    uploads,
    consoleFolder: config.consoleFolder,
    authority: tls.value?.authority,
    isOurProxy: proxyList(config.http.trustedProxies),
  };
  notice.wakePump = startLink(ports, broker.value, life);
  const trust = inBackground(() => checkTrustEnd(ports), 'trustNotChecked');
  notice.respeak = composeRespeaking(ports, life);
  const jobs = startJobs(site.value.zone, [
    ...planJobs(replan, trust.request),
    { name: 'respeak', times: EVERY_FIVE_MINUTES, run: notice.respeak },
    uploadJob(uploads.sweep),
    composeCleaning(ports, noted, life),
  ]);
  notice.respeak();
  life.onEnd(replan.stop);
  life.onEnd(telling.stop);
  life.onEnd(trust.stop);
  life.onEnd(jobs.stop);
  const port = await openDoor(input, ports, source);
  if (!port.ok) return port;
  life.onEnd(live.close);
  taken.http = port.value;
  uploads.sweep();
  uploads.wake();
  if (source !== undefined) tellMoves(source, ports);
  return ok({ ports, zone: site.value.zone });
};

/** Brings messages to the speakers and takes in theirs. Gives back how to wake the outbox. */
const startLink = (ports: ServerPorts, { broker }: ComposedBroker, life: Life): (() => void) => {
  const pump = startOutboxPump(ports);
  const door = openSpeakerDoor({
    ...ports,
    answerTime: createAnswerTime(ports),
    keepReport: (speaker, health) => keepReport(ports, speaker, health),
    receiveRecords: (speaker, batch) => receiveRecords(ports, speaker, batch),
  });
  life.onEnd(async () => {
    await pump.stop();
    await broker.close();
    await door.idle();
  });
  return pump.wake;
};

const openDoor = async (
  { config, surroundings, life }: ComposeInput,
  ports: ServerPorts,
  tls: TlsSource | undefined,
): Promise<Result<number, Problem>> => {
  const address = {
    ...config.http,
    portSetting: settingToVariable('httpPort'),
    hostSetting: settingToVariable('httpHost'),
  };
  const { fetch } = createApp(ports);
  const door =
    tls === undefined
      ? createPlainDoor(fetch)
      : createSecureDoor({ fetch, plainFetch: createPlainApp(ports).fetch, tls });
  const listening = await listen(door, address, surroundings.clock);
  if (!listening.ok) return listening;
  life.onEnd(listening.value.close);
  return ok(listening.value.port);
};

/** Tells when the machine is reached elsewhere: a new address comes with a new certificate. */
const tellMoves = (source: TlsSource, { addresses, log }: ServerPorts): void => {
  let told = addresses.httpUrl;
  source.onRenewed(() => {
    const { httpUrl: url, brokerUrl } = addresses;
    if (url !== told) log.info({ event: 'addressMoved', url, brokerUrl });
    told = url;
  });
};

/** Makes the starter's bulletins in the background; the next start makes what this one could not. */
export const startStarterJob = (config: ServerConfig, ports: ServerPorts, life: Life): void => {
  let isStopping = false;
  const work = async (): Promise<void> => {
    const pack = await loadPack(config.starter.folder ?? STARTER_PACK_FOLDER);
    const done = pack.ok ? await makeStarterBulletins(ports, pack.value, () => isStopping) : pack;
    if (done.ok) ports.log.info({ event: 'starterBulletinsEnded', how: done.value });
    else ports.log.error({ event: 'starterBulletinFailed', ...done.problem });
  };
  const working = work().catch((error: unknown) => {
    ports.log.error({ event: 'starterBulletinFailed', error: String(error) });
  });
  ports.replan.request('serverStarted');
  life.onEnd(async () => {
    isStopping = true;
    await working;
  });
};
