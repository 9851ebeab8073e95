import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import { isOpen, nextOpening } from '@app/domain/business-hours';
import { Refusal } from '@app/domain/refusal';
import { localParts, toLocalIso } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import type { AnsweringHub, HubDetails, QueueDetails, TerritoryView } from './place-view.dto';
import { type HubRow, ReferenceData } from './reference-data';

const NO_FIRST_DAY = '-infinity';

/** Reads that the copy in memory answers. */
@Injectable()
export class HubsQueries {
  constructor(
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  list(): HubDetails[] {
    return [...this.reference.current.hubs.values()].map((hub) => this.details(hub));
  }

  /** @throws Refusal `not_found` */
  find(id: string): HubDetails {
    return this.details(this.reference.hub(id));
  }

  /** What holds on a local day, today unless given. */
  territories(day: string = localParts(this.clock.now()).date): TerritoryView[] {
    const { territories, hubs } = this.reference.current;
    return territories
      .filter((row) => (row.from === NO_FIRST_DAY || row.from <= day) && (row.to === null || day < row.to))
      .map((row) => ({
        ...row,
        hubCode: hubs.get(row.hubId)!.code,
        from: row.from === NO_FIRST_DAY ? null : row.from,
      }));
  }

  /** The hub that answers for a place at an instant, now unless given, and why. */
  answering(placeCode: string, at: Date = this.clock.now()): AnsweringHub {
    if (!this.reference.current.places.has(placeCode)) {
      throw Refusal.field('?placeCode', 'unknown', 'This place is not known.');
    }
    const choice = this.reference.hubFor(placeCode, at);
    const { code, nameFr, nameAr } = this.reference.hub(choice.hubId);
    return { ...choice, hubCode: code, nameFr, nameAr, asked: { at, local: toLocalIso(at) } };
  }

  /** Of the actor's hub; none for people of no hub. */
  queues(actor: Actor): QueueDetails[] {
    return this.reference.current.queues
      .filter((queue) => queue.hubId === actor.hubId)
      .map(({ id, code, kind, nameFr, nameAr }) => ({ id, code, kind, nameFr, nameAr }));
  }

  private details({ calendarId: _, ...hub }: HubRow): HubDetails {
    const now = this.clock.now();
    const { calendar } = this.reference.calendarOf(hub.id);
    const works = hub.status === 'active';
    const open = works && isOpen(calendar, now);
    const at = works && !open ? nextOpening(calendar, now) : null;
    return { ...hub, open, nextOpening: at && { at, local: toLocalIso(at) } };
  }
}
