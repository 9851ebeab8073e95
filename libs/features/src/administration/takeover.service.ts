import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, TenantDb } from '@app/db/tenant-db';
import { chooseHub } from '@app/domain/routing';
import { DAY_MS, localParts } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import { LOG, type Log } from '@app/platform/log';
import { ReferenceData } from '../directory/reference-data';
import { findTicket } from '../tickets/ticket-find';
import { moveToHub } from '../tickets/ticket-move';

/** A change is carried out on its day; should no worker run that day, on one of the days after. */
const DAYS = 7;
const BATCH = 100;

interface Handed {
  placeCode: string;
  fromHubId: string;
  toHubId: string;
}

/** On the day when another hub begins to answer for a place, its associations and open tickets follow. Clocks do not restart. */
@Injectable()
export class TakeoverService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Returns how many tickets were moved. What fails is tried again with the next round. */
  async moveOn(): Promise<number> {
    const handed = this.handed();
    if (handed.length === 0) return 0;
    await this.moveAssociations(handed);
    let moved = 0;
    for (const id of await this.waiting(handed)) {
      try {
        moved += await this.move(id);
      } catch (error) {
        this.log.warn({ err: (error as Error).message, ticketId: id }, 'ticket could not be taken over');
      }
    }
    return moved;
  }

  /** Places whose hub today is not the one before the latest change of the last days. */
  private handed(): Handed[] {
    const { places, territories, nationalHubId } = this.reference.current;
    const now = this.clock.now();
    const today = localParts(now).date;
    const since = localParts(new Date(now.getTime() - DAYS * DAY_MS)).date;
    const recent = (day: string | null): day is string => day !== null && day > since && day <= today;
    return [...places.values()].flatMap((place) => {
      const rows = territories.filter((row) => row.placeCode === place.code || row.placeCode === place.parentCode);
      const days = rows.flatMap((row) => [row.from, row.to]).filter(recent);
      const toHubId = chooseHub(rows, place, today, nationalHubId).hubId;
      const former = new Set(days.map((day) => chooseHub(rows, place, dayBefore(day), nationalHubId).hubId));
      return [...former]
        .filter((fromHubId) => fromHubId !== toHubId)
        .map((fromHubId) => ({ placeCode: place.code, fromHubId, toHubId }));
    });
  }

  private waiting(handed: readonly Handed[]): Promise<string[]> {
    return this.db.system(async (tx) => {
      const rows = await tx.sql<{ id: string }>(
        `select t.id from ticket t join unnest($1::text[], $2::uuid[]) as x(place, hub) on x.place = t.place_code and x.hub = t.hub_id
         where t.status in ('new', 'open', 'pending', 'on_hold', 'answered') and t.merged_into is null order by t.opened_at limit ${BATCH}`,
        [handed.map((one) => one.placeCode), handed.map((one) => one.fromHubId)],
      );
      return rows.map((row) => row.id);
    });
  }

  private async move(id: string): Promise<number> {
    const found = await this.db.system((tx) => findTicket(tx, { column: 'id', value: id }, undefined));
    if (!found) return 0;
    const hub = this.reference.hubFor(found.row.placeCode, this.clock.now());
    if (hub.hubId === found.row.hubId) return 0;
    await moveToHub(this.db, this.reference, SYSTEM_ACTOR, found.row, hub);
    return 1;
  }

  /** With their people and contacts, which hang on the row. */
  private async moveAssociations(handed: readonly Handed[]): Promise<void> {
    for (const { placeCode, fromHubId, toHubId } of handed) {
      await this.db.system(async (tx) => {
        const associations = await tx.affected(
          `update association set hub_id = $3, version = version + 1, updated_at = $4 where id in (
             select id from association where place_code = $1 and hub_id = $2 order by id limit 500)`,
          [placeCode, fromHubId, toHubId, tx.now],
        );
        if (associations === 0) return;
        tx.emit({
          type: 'territory.taken-over',
          hubId: toHubId,
          data: { placeCode, from: fromHubId, to: toHubId, associations },
        });
      });
    }
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
