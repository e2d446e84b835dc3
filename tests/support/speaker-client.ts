import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

const WAIT_MS = 60_000;

/** A speaker's connection as a test drives it. */
export interface SpeakerClient {
  readonly mqtt: MqttClient;
  /** The next message of a topic that has not been taken yet; fails after `WAIT_MS`. */
  next(topic: string): Promise<{ readonly text: string; readonly retained: boolean }>;
  /** Takes messages of a topic until one has this text: a message may come more than once. */
  until(topic: string, text: string): Promise<void>;
  /** Everything that has arrived, by topic, taken or not. */
  arrived(): readonly string[];
}

interface Message {
  readonly topic: string;
  readonly text: string;
  readonly retained: boolean;
}

/** Signs in and keeps what arrives. */
export const connectSpeaker = async (
  url: string,
  credentials: { readonly speaker: string; readonly secret: string },
  more: IClientOptions = {},
): Promise<SpeakerClient> => {
  const mqtt = await connectAsync(url, {
    username: credentials.speaker,
    password: credentials.secret,
    clientId: credentials.speaker,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    ...more,
  });
  const unread: Message[] = [];
  const seen: string[] = [];
  const wanting = new Set<() => void>();
  mqtt.on('error', () => undefined);
  mqtt.on('message', (topic, payload, packet) => {
    unread.push({ topic, text: payload.toString(), retained: packet.retain });
    seen.push(topic);
    for (const look of wanting) look();
  });
  const take = (topic: string): Message | undefined => {
    const at = unread.findIndex((message) => message.topic === topic);
    return at < 0 ? undefined : unread.splice(at, 1)[0];
  };
  const next: SpeakerClient['next'] = (topic) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing on ${topic}`)), WAIT_MS);
      const look = (): void => {
        const message = take(topic);
        if (message === undefined) return;
        clearTimeout(timer);
        wanting.delete(look);
        resolve({ text: message.text, retained: message.retained });
      };
      wanting.add(look);
      look();
    });
  const until: SpeakerClient['until'] = async (topic, text) => {
    while ((await next(topic)).text !== text);
  };
  return { mqtt, arrived: () => seen, next, until };
};
