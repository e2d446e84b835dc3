/** What a decision or a service gives back: a value, or the one problem that stopped it. */
export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P };

/** The success that carries `value`. */
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

/** The refusal that carries `problem`. */
export const refuse = <P>(problem: P): { ok: false; problem: P } => ({ ok: false, problem });
