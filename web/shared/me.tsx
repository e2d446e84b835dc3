import type { InferResponseType } from 'hono/client';
import { createContext, useContext } from 'react';
import type { UserRole } from '#schemas/entities/site.ts';
import type { api } from './api/api.ts';

/** Who is signed in. */
export type Me = InferResponseType<typeof api.me.$get>;

const MeContext = createContext<Me | null>(null);
export const MeProvider = MeContext.Provider;

/** Who looks on: what a browser keeps for one person is not shown to another. */
export const useMyId = (): string => useContext(MeContext)?.id ?? '';

/** Whether who is signed in has the role; what a person may not do is not offered. */
export const useHasRole = (role: UserRole): boolean =>
  useContext(MeContext)?.roles.includes(role) ?? false;
