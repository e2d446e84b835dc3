import type { QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '#schemas/live-event.ts';

/** Which answers of the server an event makes worth asking for again; an empty key means all. */
export const eventToKeys = (event: LiveEvent): readonly QueryKey[] => {
  switch (event.kind) {
    case 'beat':
      return [];
    case 'resync':
      return [[]];
    case 'planChanged':
    case 'orderGiven':
      return [['plans', event.speaker]];
    case 'speakerHeard':
      return [['health', event.speaker]];
    case 'recordStored':
      return [['log', event.speaker]];
    case 'verdictsMayHaveChanged':
    case 'verdictsChanged':
      return [['verdicts']];
    case 'bulletinChanged':
      return [['bulletins'], ['bulletinComments']];
    case 'uploadChanged':
      return [['uploads']];
    case 'speakerChanged':
      return [['speakers'], ['plans', event.speaker], ['health', event.speaker]];
    case 'listChanged':
      // Numbers leave work with the bulletins that say them; idents are shown with them.
      return event.list === 'hotlines' || event.list === 'idents'
        ? [[event.list], ['bulletins']]
        : [[event.list]];
  }
};
