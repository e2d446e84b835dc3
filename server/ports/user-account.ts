import type { UserRole } from '#schemas/entities/site.ts';

/** A person who may sign in. `passwordHash` is the sign-in library's own form, never the password. */
export interface UserAccount {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly UserRole[];
  /** The unit that a village head is the head of; null for everybody else. */
  readonly unit: string | null;
  readonly passwordHash: string;
  readonly passwordChangeRequired: boolean;
  readonly createdMs: number;
}
