import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { ReferenceData } from '../directory/reference-data';
import type { ReportGroup } from './ticket-report.dto';

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
  if (actor.role === 'coordinator') {
    if (by === 'agent') throw new Refusal('forbidden', 'The programme sees no figures of people.');
    if (hubId !== undefined) reference.hub(hubId);
    return { hubIds: hubId ? [hubId] : [...reference.current.hubs.keys()], agentId: null, lists: false };
  }
  if (!actor.hubId || (hubId !== undefined && hubId !== actor.hubId)) throw new Refusal('not_found', 'Not found.');
  if (actor.role === 'supervisor') return { hubIds: [actor.hubId], agentId: null, lists: true };
  if (by !== undefined && by !== 'agent' && by !== 'day') {
    throw new Refusal('forbidden', 'Agents see their own figures, by day or in all.');
  }
  return { hubIds: [actor.hubId], agentId: actor.accountId, lists: true };
}
