import type { Entities } from '#server/ports/store.ts';

const idOf = (digit: number): string => `01900000-0000-7000-8000-00000000000${digit}`;
const [unit, speaker, rule] = [idOf(1), idOf(2), idOf(5)];

const excuse: Entities['excuse'] = {
  id: idOf(7),
  rule,
  speaker,
  periodFrom: '2025-01-03',
  reason: 'Mất điện',
  acceptedMs: 7,
  acceptedBy: 'hoa',
  envelope: '{}',
};
const correction: Entities['correction'] = {
  id: idOf(9),
  speaker,
  unit,
  belonged: true,
  from: '2025-01-03',
  to: '2025-01-05',
  reason: 'Nhập trễ ba tuần',
  foundMs: 9,
  foundBy: 'hoa',
  envelope: '{}',
};
const lock: Entities['lock'] = {
  week: '2025-01-06',
  lockedMs: 8,
  heads: [{ speaker, seq: 1 }],
  lockedBy: 'hoa',
  envelope: '{}',
};

/** What inspectors decided. */
export const inspected = { excuse, correction, lock };
