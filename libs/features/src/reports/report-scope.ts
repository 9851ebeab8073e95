import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { isInterval, type ReportGroup } from '@app/domain/report-groups';
import type { ReferenceData } from '../directory/reference-data';

/** Whose figures somebody may see: those of some hubs, or within one hub one's own. */
export interface ReportScope {
  hubIds: string[];
  /** Only what this person answered. */
  agentId: string | null;
  /** Whether the tickets behind the figures may be listed. */
  lists: boolean;
}

/**
 * The programme sees figures of all hubs and no people; a supervisor the own hub; an agent the own figures.
 * @throws Refusal `not_found` for another hub, `forbidden` for a grouping beyond the role
 */
export function reportScope(
  actor: Actor,
  { hubId, by }: { hubId?: string; by?: ReportGroup },
  reference: ReferenceData,
): ReportScope {
  if (actor.role === 'coordinator') return programmeScope(hubId, by, reference);
  if (!actor.hubId || (hubId !== undefined && hubId !== actor.hubId)) throw new Refusal('not_found', 'Not found.');
  const hubIds = [actor.hubId];
  if (actor.role === 'supervisor') return { hubIds, agentId: null, lists: true };
  if (by && by !== 'agent' && !isInterval(by)) {
    throw new Refusal('forbidden', 'Agents see their own figures, by time or in all.');
  }
  return { hubIds, agentId: actor.accountId, lists: true };
}

function programmeScope(hubId: string | undefined, by: ReportGroup | undefined, reference: ReferenceData): ReportScope {
  if (by === 'agent') throw new Refusal('forbidden', 'The programme sees no figures of people.');
  const hubIds = hubId ? [reference.hub(hubId).id] : [...reference.current.hubs.keys()];
  return { hubIds, agentId: null, lists: false };
}
