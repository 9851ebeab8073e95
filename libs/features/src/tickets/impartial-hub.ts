import { awayFromConflict, isManagedBy, type HubChoice } from '@app/domain/routing';
import type { ReferenceData } from '../directory/reference-data';

/** The association that a question is about, as tickets copy it. */
export interface AskingAssociation {
  id: string | null;
  nameFr: string | null;
  nameAr: string | null;
}

/** The hub chosen for the place, or the national one (else an active one) when the association that asks manages it. */
export function impartialHub(choice: HubChoice, asking: AskingAssociation, reference: ReferenceData): HubChoice {
  const { hubs, managers, nationalHubId } = reference.current;
  const active = [...hubs.values()].filter((hub) => hub.status === 'active').map((hub) => hub.id);
  return awayFromConflict(choice, (hubId) => isManagedBy(managers.get(hubId), asking), [nationalHubId, ...active]);
}

/** Hubs that may never have a case about this association. */
export function hubsInConflict(asking: AskingAssociation, reference: ReferenceData): string[] {
  const { managers } = reference.current;
  return [...managers].filter(([, manager]) => isManagedBy(manager, asking)).map(([hubId]) => hubId);
}
