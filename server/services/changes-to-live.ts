import type { LiveEvent } from '#schemas/live-event.ts';
import type { Change, EntityName } from '../ports/store.ts';

type LiveList = Extract<LiveEvent, { kind: 'listChanged' }>['list'];

const listByEntity: Partial<Record<EntityName, LiveList>> = {
  site: 'site',
  unit: 'units',
  directive: 'directives',
  campaign: 'campaigns',
  rule: 'rules',
  cap: 'caps',
  programme: 'programmes',
  excuse: 'inspection',
  lock: 'inspection',
  correction: 'inspection',
  user: 'users',
  emergency: 'emergencies',
  emergencyAnswer: 'emergencies',
  pronunciation: 'pronunciations',
  bulletinComment: 'bulletinComments',
  hotline: 'hotlines',
  ident: 'idents',
};

/**
 * What verdicts are made from and is seldom written. What records and plans change is told verdict by
 * verdict: `tellVerdicts`.
 */
const judged: ReadonlySet<EntityName> = new Set([
  'finding',
  'rule',
  'cap',
  'excuse',
  'lock',
  'unit',
  'speaker',
]);

const changeToEvent = (change: Change): LiveEvent | undefined => {
  switch (change.what) {
    case 'bulletin':
      return {
        kind: 'bulletinChanged',
        bulletin: change.value.id,
        state: change.value.state,
      };
    case 'upload':
      return { kind: 'uploadChanged', upload: change.value.id, step: change.value.step };
    case 'pointer': {
      const { speaker, revision, days } = change.value;
      return { kind: 'planChanged', speaker, revision, days: Object.keys(days).sort() };
    }
    case 'order': {
      const { speaker, order, drill } = change.value;
      return { kind: 'orderGiven', speaker, order: order.id, what: order.kind, drill };
    }
    case 'record': {
      const { speaker, seq, record } = change.value;
      return { kind: 'recordStored', speaker, seq, what: record.kind };
    }
    case 'speaker':
      return { kind: 'speakerChanged', speaker: change.value.id, state: change.value.state };
    default:
      return undefined;
  }
};

/**
 * What open screens are told of a commit, in the order of its changes; a list that changed is named
 * once, and so are verdicts, last. Source: issue 3, 2.
 */
export const changesToLive = (changes: readonly Change[]): readonly LiveEvent[] => {
  const events = changes.map(changeToEvent).filter((event) => event !== undefined);
  const lists = new Set(changes.map(({ what }) => listByEntity[what]));
  lists.delete(undefined);
  for (const list of lists) if (list !== undefined) events.push({ kind: 'listChanged', list });
  if (changes.some(({ what }) => judged.has(what))) events.push({ kind: 'verdictsMayHaveChanged' });
  return events;
};
