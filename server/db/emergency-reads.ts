import { asc, desc, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { MAX_EMERGENCY_ANSWERS, MAX_LIST, type Store } from '../ports/store.ts';
import { emergencies, emergencyAnswers } from './tables/emergency.ts';

type EmergencyReads = Pick<Store, 'emergencies' | 'emergencyById' | 'emergencyAnswers'>;

/** Reads of the emergencies that were sent and of what speakers said of them. */
export const createEmergencyReads = (orm: BetterSQLite3Database): EmergencyReads => ({
  emergencies: async (most) =>
    orm
      .select()
      .from(emergencies)
      .orderBy(desc(emergencies.id))
      .limit(Math.min(most, MAX_LIST))
      .all(),
  emergencyById: async (id) => orm.select().from(emergencies).where(eq(emergencies.id, id)).get(),
  emergencyAnswers: async (id) =>
    orm
      .select()
      .from(emergencyAnswers)
      .where(eq(emergencyAnswers.emergency, id))
      .orderBy(asc(emergencyAnswers.speaker), asc(emergencyAnswers.seq))
      .limit(MAX_EMERGENCY_ANSWERS)
      .all(),
});
