import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

const readEmergencies = () => answered(api.emergencies.$get());

/** One emergency as the list shows it. */
export type ShownEmergency = Awaited<ReturnType<typeof readEmergencies>>[number];

/** The newest emergencies, newest first. */
export const emergenciesQuery = queryOptions({
  queryKey: ['emergencies'],
  queryFn: readEmergencies,
});

/** One emergency with what each speaker has answered. */
export const emergencyQuery = (id: string) =>
  queryOptions({
    queryKey: ['emergencies', id],
    queryFn: () => answered(api.emergencies[':id'].$get({ param: { id } })),
  });
