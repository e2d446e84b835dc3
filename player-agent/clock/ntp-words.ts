const MS_PER_S = 1000;
/**
 * What the kernel's "synchronised" stands for: systemd says it while the kernel's largest error is
 * below 16 s. Source: adjtimex(2), `maxerror`; systemd, src/timedate, `ntp_synced`.
 */
const KERNEL_MAX_ERROR_MS = 16_000;

/** The fields of `chronyc -c tracking`, from 0. Source: chronyc(1), tracking. */
const SYSTEM_OFFSET = 4;
const ROOT_DELAY = 10;
const ROOT_DISPERSION = 11;
const LEAP_STATUS = 13;
const SYNCHRONISED = new Set(['Normal', 'Insert second', 'Delete second']);

/**
 * The bound of `chronyc -c tracking`: the offset that is still being corrected, the root dispersion
 * and half the root delay; null while chrony follows nobody. Source: chronyc(1), tracking.
 */
export const chronyToUncertaintyMs = (output: string): number | null => {
  const fields = output.trim().split(',');
  if (!SYNCHRONISED.has(fields[LEAP_STATUS] ?? '')) return null;
  const numberAt = (index: number) => Math.abs(Number(fields[index] || Number.NaN));
  const seconds = numberAt(SYSTEM_OFFSET) + numberAt(ROOT_DISPERSION) + numberAt(ROOT_DELAY) / 2;
  return Number.isFinite(seconds) ? Math.ceil(seconds * MS_PER_S) : null;
};

/** The bound of `timedatectl show --property=NTPSynchronized`, whatever service keeps the time. */
export const timedateToUncertaintyMs = (output: string): number | null =>
  output.trim() === 'NTPSynchronized=yes' ? KERNEL_MAX_ERROR_MS : null;
