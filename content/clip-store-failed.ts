/**
 * A store of clips that cannot be reached, or does what it is asked for nobody: broken infrastructure,
 * and no word about a clip. `detail` is what the store or the network calls it, such as
 * `NoSuchBucket`, `RequestTimeTooSkewed` or `ECONNREFUSED`.
 */
export class ClipStoreFailed extends Error {
  readonly detail: string;
  constructor(detail: string, cause: unknown) {
    super(`The clip store failed: ${detail}`, { cause });
    this.detail = detail;
  }
}
