import type { UserRole } from '#schemas/entities/site.ts';

/** The screens in the order of the day's work, and who works there. */
export const places = [
  {
    to: '/',
    text: 'place.today',
    roles: ['operator', 'approver', 'inspector', 'administrator'],
  },
  { to: '/bulletins', text: 'place.bulletins', roles: ['operator', 'approver'] },
  { to: '/village', text: 'place.village', roles: ['villageHead'] },
  { to: '/logs', text: 'place.logs', roles: ['operator', 'inspector', 'administrator'] },
  {
    to: '/verdicts',
    text: 'place.verdicts',
    roles: ['operator', 'approver', 'inspector', 'administrator'],
  },
  {
    to: '/reconciliation',
    text: 'place.reconciliation',
    roles: ['operator', 'inspector', 'administrator'],
  },
  {
    to: '/rules',
    text: 'place.rules',
    roles: ['operator', 'approver', 'inspector', 'administrator'],
  },
  { to: '/emergencies', text: 'place.emergencies', roles: ['approver', 'administrator'] },
  { to: '/speakers', text: 'place.speakers', roles: ['administrator'] },
  { to: '/settings', text: 'place.settings', roles: ['administrator'] },
  { to: '/users', text: 'place.users', roles: ['administrator'] },
] as const satisfies readonly {
  readonly roles: readonly UserRole[];
  readonly [key: string]: unknown;
}[];

export type Place = (typeof places)[number];

/** Whether somebody with these roles works at the place. */
export const isFor = (place: Place, roles: readonly UserRole[]): boolean =>
  place.roles.some((role) => roles.includes(role));

/** Whether somebody works at the site, and may hear what happens at the server. */
export const isStaff = (roles: readonly UserRole[]): boolean =>
  roles.some((role) => role !== 'villageHead');
