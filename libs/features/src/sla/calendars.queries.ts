import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { CalendarDefinition } from '@app/domain/calendar';
import { Refusal } from '@app/domain/refusal';
import { toLocalIso } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { isSeen, ownedBy } from './changes';
import { NAMES, ownerView, readVersions } from './policies.queries';
import type { CalendarDetailsView, CalendarListView, CalendarVersionView, CalendarView } from './sla-view.dto';

interface CalendarRow {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  hubId: string | null;
  version: number;
  versionId: string;
  publishedAt: Date;
  definition: CalendarDefinition;
}

const SELECT = `
  select c.id, c.code, c.name_fr as "nameFr", c.name_ar as "nameAr", c.hub_id as "hubId", v.version, v.id as "versionId",
    v.published_at as "publishedAt", v.definition
  from calendar c cross join lateral (select * from calendar_version v where v.calendar_id = c.id order by v.version desc limit 1) v`;

/** @throws Refusal `not_found`, or of the field that named it */
export async function readCalendarRow(tx: TenantTx, id: string, field?: string): Promise<CalendarRow> {
  const [row] = await tx.query<CalendarRow>('calendar-row', `${SELECT} where c.id = $1`, [id]);
  if (row) return row;
  throw field ? Refusal.field(field, 'unknown', 'This calendar is not known.') : new Refusal('not_found', 'Not found.');
}

/** Calendars as they are published. */
@Injectable()
export class CalendarsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  async list(actor: Actor): Promise<CalendarListView> {
    const rows = await this.db.run(actor, (tx) =>
      tx.query<CalendarRow>('calendars', `${SELECT} order by c.hub_id nulls first, c.code limit 1000`),
    );
    return { items: rows.filter((row) => isSeen(actor, row.hubId)).map((row) => this.view(actor, row)) };
  }

  get(actor: Actor, id: string): Promise<CalendarDetailsView> {
    return this.db.run(
      actor,
      async (tx) => {
        const row = await this.seen(tx, actor, id);
        const versions = await readVersions(tx, 'calendar_version', 'calendar_id', id);
        return { ...this.view(actor, row), definition: row.definition, versions };
      },
      NAMES,
    );
  }

  /** One version, as it was published. */
  version(actor: Actor, id: string, version: number): Promise<CalendarVersionView> {
    return this.db.run(actor, async (tx) => {
      await this.seen(tx, actor, id);
      const [row] = await tx.query<Omit<CalendarVersionView, 'publishedLocal'>>(
        'calendar-at-version',
        'select id, version, published_at as "publishedAt", definition from calendar_version where calendar_id = $1 and version = $2',
        [id, version],
      );
      if (!row) throw new Refusal('not_found', 'Not found.');
      return { ...row, publishedLocal: toLocalIso(row.publishedAt) };
    });
  }

  private async seen(tx: TenantTx, actor: Actor, id: string): Promise<CalendarRow> {
    const row = await readCalendarRow(tx, id);
    if (!isSeen(actor, row.hubId)) throw new Refusal('not_found', 'Not found.');
    return row;
  }

  private view(actor: Actor, row: CalendarRow): CalendarView {
    const { definition: _, hubId, publishedAt, ...rest } = row;
    const users = [...this.reference.current.hubs.values()].filter((hub) => hub.calendarId === row.id);
    return {
      ...rest,
      hub: ownerView(this.reference, hubId),
      publishedAt,
      publishedLocal: toLocalIso(publishedAt),
      yours: actor.role !== 'agent' && hubId === ownedBy(actor),
      usedBy: users.map(({ id, code, nameFr, nameAr }) => ({ id, code, nameFr, nameAr })),
    };
  }
}
