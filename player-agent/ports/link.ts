/** A message of the broker. */
export interface LinkMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** What the link tells the agent. A message counts as taken once `onMessage` has resolved. */
export interface LinkEvents {
  readonly onMessage: (message: LinkMessage) => Promise<void>;
  readonly onConnected: () => void;
  readonly onDisconnected: () => void;
}

/** How the agent signs in to the broker, and what the broker says when it is gone. */
export interface LinkOptions {
  readonly url: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly lastWill: LinkMessage;
}

/** The connection to the broker; it comes back by itself when it was lost. */
export interface Link {
  isConnected(): boolean;
  /** Resolves true when the broker has it, false when the connection was or got lost. QoS 1. */
  publish(message: LinkMessage & { readonly retain: boolean }): Promise<boolean>;
  /** Asks for the topics, QoS 1; retained messages come again. False when the connection was lost. */
  subscribe(topics: readonly string[]): Promise<boolean>;
  unsubscribe(topics: readonly string[]): Promise<boolean>;
  /** Says goodbye; resolves when the connection is closed. */
  close(): Promise<void>;
}

/** Begins to connect; events may come from the next turn on. */
export type ConnectLink = (options: LinkOptions, events: LinkEvents) => Link;
