import type { Daypart } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Settings } from './config-settings.ts';

export type ConfigProblem = ProblemOf<'configurationInvalid'>;
export type ConfigIssue = ConfigProblem['issues'][number];

/** Where something listens. */
export interface Place {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/**
 * Where the broker is; inside this process unless a URL says otherwise. Where it speaks TLS to
 * other machines, it speaks plain MQTT to its own alone.
 */
export type BrokerConfig =
  | { readonly kind: 'embedded'; readonly plain: Place; readonly secure: Place | null }
  | {
      readonly kind: 'external';
      readonly url: string;
      readonly username: string;
      readonly password: string;
    };

/** Where clips are kept. */
export type ClipStoreConfig =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly endpoint: string;
      /** Where speakers reach the store. */
      readonly publicEndpoint: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/** Whether HTTPS is served, and whose certificates: a proper authority's, or the site's own. */
export type TlsConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'files'; readonly certPath: string; readonly keyPath: string }
  | { readonly kind: 'site'; readonly folder: string };

/**
 * All that the server needs to know before it starts. A public URL of null is derived from the
 * address that the server then listens on.
 */
export interface ServerConfig {
  readonly dataFolder: string;
  readonly databasePath: string;
  readonly keyPath: string;
  readonly secretPath: string;
  readonly workFolder: string;
  readonly uploadFolder: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl: string | null;
    readonly tls: TlsConfig;
    /** Addresses and subnets of reverse proxies of ours, whose word on the caller is taken. */
    readonly trustedProxies: readonly string[];
  };
  readonly broker: BrokerConfig;
  readonly brokerPublicUrl: string | null;
  readonly clips: ClipStoreConfig;
  /** Where clips were kept before and are read until they have moved; null when nothing moves. */
  readonly previousClipFolder: string | null;
  /** Where Piper is, and the voices that it reads with. */
  readonly piper: { readonly command: string; readonly voiceFolder: string };
  readonly maxUploadBytes: number;
  readonly consoleFolder: string;
  readonly starter: {
    /** Null is the one that comes with the program. */
    readonly folder: string | null;
    readonly slug: string | null;
    readonly zone: string | null;
    /** In place of the pack's; the interlock itself is the speaker's and has no switch. */
    readonly quietHours: readonly Daypart[] | null;
    readonly fourEyes: boolean | null;
  };
  readonly logLevel: Settings['logLevel'];
}
