import type { Status } from './ticket';

/** How a ticket stands to another; `split` is made by a split alone. */
export const LINK_KINDS = ['related', 'duplicate', 'follow_up', 'split'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];
/** The kinds that people choose. */
export const CHOSEN_LINKS = ['related', 'duplicate', 'follow_up'] as const satisfies readonly LinkKind[];
export type ChosenLink = (typeof CHOSEN_LINKS)[number];

/** A merge or split may be taken back for this long, in hours. */
export const UNDO_HOURS = 24;

/** What decides whether one ticket may be merged into another. */
export interface MergeSide {
  id: string;
  hubId: string;
  associationId: string | null;
  requesterAccountId: string | null;
  requesterContactId: string | null;
  restricted: boolean;
  status: Status;
  mergedInto: string | null;
}

export const MERGE_OBSTACLES = [
  'same_ticket',
  'source_merged',
  'target_merged',
  'other_hub',
  'other_association',
  'other_requester',
  'confidentiality_differs',
  'source_closed',
  'target_closed',
] as const;
export type MergeObstacle = (typeof MERGE_OBSTACLES)[number];

/**
 * What stands against merging `source` into `target`, the first reason only; null when nothing does. Nobody may lose sight of an own
 * question, nor gain sight of another's: hubs, associations and requesters stay apart, and what is restricted goes into what is restricted.
 */
export function mergeObstacle(source: MergeSide, target: MergeSide): MergeObstacle | null {
  const obstacles: [MergeObstacle, boolean][] = [
    ['same_ticket', source.id === target.id],
    ['source_merged', source.mergedInto !== null],
    ['target_merged', target.mergedInto !== null],
    ['other_hub', source.hubId !== target.hubId],
    ['other_association', source.associationId !== target.associationId],
    ['other_requester', !sameRequester(source, target)],
    ['confidentiality_differs', source.restricted && !target.restricted],
    ['source_closed', source.status === 'closed'],
    ['target_closed', target.status === 'closed'],
  ];
  return obstacles.find(([, stands]) => stands)?.[0] ?? null;
}

/** A question of the association as such may join that of one of its people, not the other way round; without one, it is the caller. */
function sameRequester(source: MergeSide, target: MergeSide): boolean {
  if (source.associationId === null) {
    const known = source.requesterContactId !== null;
    return known && source.requesterContactId === target.requesterContactId;
  }
  return source.requesterAccountId === null || source.requesterAccountId === target.requesterAccountId;
}

/** Whether a question that still waits for us would disappear behind an answer: then the survivor opens again. */
export function reopensTarget(source: Status, target: Status): boolean {
  const waits = (status: Status): boolean => status === 'new' || status === 'open';
  return waits(source) && !waits(target);
}
