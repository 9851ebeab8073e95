import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { chooseHub, type TerritoryRow } from '@app/domain/routing';
import { changeTerritory, replaceHub, type TerritoryChange } from '@app/domain/territory';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { lockHub, readHub } from './managed-hubs.service';
import type { PlannedTerritory, SuspensionView, TerritoryChangeView, TerritoryImpact } from './programme-view.dto';

const NO_FIRST_DAY = '-infinity';
/** Second number of the people's locks: territories change one at a time, so that what was found holds until commit. */
const TERRITORY_LOCK = [4_210, 0];

const ROWS = `
  select place_code as "placeCode", hub_id as "hubId", role, coalesce(lower(valid), '-infinity')::text as "from", upper(valid)::text as "to"
  from territory order by place_code, valid`;

/** Who answers where and when. Every change shows first what it moves; open tickets follow on the day, in the background. */
@Injectable()
export class TerritoriesService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** All rows, past and planned. */
  list(actor: Actor): Promise<PlannedTerritory[]> {
    return this.db.run(actor, async (tx) => (await tx.sql<TerritoryRow>(ROWS)).map(viewOf), { as: 'system' });
  }

  /** What a change would move, without making it. */
  impact(actor: Actor, change: TerritoryChange): Promise<TerritoryImpact> {
    return this.inLock(actor, async (tx, rows) => {
      this.check(change, tx);
      return this.impactOf(tx, rows, after(rows, change), change.from);
    });
  }

  async change(actor: Actor, change: TerritoryChange): Promise<TerritoryChangeView> {
    const done = await this.inLock(actor, async (tx, rows) => {
      this.check(change, tx);
      const own = changeTerritory(rows, change);
      const impact = await this.impactOf(tx, rows, after(rows, change), change.from);
      const before = chooseHub(rows, this.reference.place(change.placeCode), change.from, this.national());
      await rewrite(tx, own);
      tx.emit({
        type: 'territory.changed',
        hubId: change.hubId,
        data: {
          placeCode: change.placeCode,
          from: before.hubId,
          to: change.hubId,
          role: change.role,
          day: change.from,
        },
      });
      return { impact, items: own.map(viewOf) };
    });
    await this.reference.reload();
    return done;
  }

  suspensionImpact(actor: Actor, hubId: string, interimHubId: string): Promise<TerritoryImpact> {
    return this.inLock(actor, (tx, rows) => {
      this.checkInterim(hubId, interimHubId);
      const from = localParts(tx.now).date;
      return this.impactOf(tx, rows, withReplaced(rows, { hubId, interimHubId, from }), from);
    });
  }

  /** Closes the hub's rows and opens the interim hub's, in one, from today on. */
  async suspend(actor: Actor, hubId: string, interimHubId: string, expected: number): Promise<SuspensionView> {
    const done = await this.inLock(actor, async (tx, rows) => {
      const hub = await lockHub(tx, hubId);
      checkVersion(hub.version, expected);
      this.checkInterim(hubId, interimHubId);
      if (hub.status !== 'active' || hub.isNational)
        throw new Refusal('status_not_allowed', 'Only an active hub of a region is suspended.');
      const replacement = { hubId, interimHubId, from: localParts(tx.now).date };
      const impact = await this.impactOf(tx, rows, withReplaced(rows, replacement), replacement.from);
      await rewrite(tx, replaceHub(rows, replacement));
      await tx.sql(`update hub set status = 'suspended', version = version + 1 where id = $1`, [hubId]);
      tx.emit({
        type: 'hub.changed',
        hubId,
        entityVersion: hub.version + 1,
        data: { fields: ['status'], from: hub.status, to: 'suspended', interimHubId, openTickets: impact.openTickets },
      });
      return { hub: await readHub(tx, hubId), impact };
    });
    await this.reference.reload();
    return done;
  }

  private inLock<T>(actor: Actor, work: (tx: TenantTx, rows: TerritoryRow[]) => Promise<T>): Promise<T> {
    return this.db.run(
      actor,
      async (tx) => {
        await tx.sql('select pg_advisory_xact_lock($1, $2)', TERRITORY_LOCK);
        return work(tx, await tx.sql<TerritoryRow>(ROWS));
      },
      { as: 'system' },
    );
  }

  private check({ placeCode, hubId, from }: TerritoryChange, tx: TenantTx): void {
    this.reference.place(placeCode);
    const hub = this.reference.current.hubs.get(hubId);
    if (!hub) throw Refusal.field('/hubId', 'unknown', 'This hub is not known.');
    if (hub.status !== 'active') throw Refusal.field('/hubId', 'not_active', 'This hub does not work.');
    if (from < localParts(tx.now).date)
      throw Refusal.field('/from', 'in_the_past', 'Days that are over stay as they were.');
  }

  private checkInterim(hubId: string, interimHubId: string): void {
    this.reference.hub(hubId);
    const interim = this.reference.current.hubs.get(interimHubId);
    if (!interim || interimHubId === hubId) throw Refusal.field('/interimHubId', 'unknown', 'Name another hub.');
    if (interim.status !== 'active') throw Refusal.field('/interimHubId', 'not_active', 'This hub does not work.');
  }

  private national(): string {
    return this.reference.current.nationalHubId;
  }

  /** Places whose hub on the day differs, with the open tickets and associations that the former hub has there. */
  private async impactOf(
    tx: TenantTx,
    before: TerritoryRow[],
    then: TerritoryRow[],
    day: string,
  ): Promise<TerritoryImpact> {
    const changed = [...this.reference.current.places.values()].flatMap((place) => {
      const fromHubId = chooseHub(before, place, day, this.national()).hubId;
      const toHubId = chooseHub(then, place, day, this.national()).hubId;
      return fromHubId === toHubId ? [] : [{ placeCode: place.code, fromHubId, toHubId }];
    });
    const lists = [changed.map((one) => one.placeCode), changed.map((one) => one.fromHubId)];
    const counts = await tx.sql<{ placeCode: string; openTickets: number; associations: number }>(
      `select x.place as "placeCode",
         (select count(*)::int from ticket t where t.hub_id = x.hub and t.place_code = x.place
            and t.status in ('new', 'open', 'pending', 'on_hold', 'answered')) as "openTickets",
         (select count(*)::int from association a where a.hub_id = x.hub and a.place_code = x.place) as associations
       from unnest($1::text[], $2::uuid[]) as x(place, hub)`,
      lists,
    );
    const of = new Map(counts.map((row) => [row.placeCode, row]));
    return {
      places: changed.map((one) => ({ ...one, openTickets: of.get(one.placeCode)?.openTickets ?? 0 })),
      openTickets: counts.reduce((sum, row) => sum + row.openTickets, 0),
      associations: counts.reduce((sum, row) => sum + row.associations, 0),
    };
  }
}

function after(rows: TerritoryRow[], change: TerritoryChange): TerritoryRow[] {
  return [...rows.filter((row) => row.placeCode !== change.placeCode), ...changeTerritory(rows, change)];
}

function withReplaced(rows: TerritoryRow[], replacement: Parameters<typeof replaceHub>[1]): TerritoryRow[] {
  const replaced = replaceHub(rows, replacement);
  const places = new Set(replaced.map((row) => row.placeCode));
  return [...rows.filter((row) => !places.has(row.placeCode)), ...replaced];
}

/** Puts rows in the place of all that their places had; the constraint of the table refuses two at once. */
async function rewrite(tx: TenantTx, rows: readonly TerritoryRow[]): Promise<void> {
  await tx.sql('delete from territory where place_code = any ($1)', [[...new Set(rows.map((row) => row.placeCode))]]);
  await tx.sql(
    `insert into territory (id, place_code, hub_id, role, valid)
     select x.id, x.place, x.hub, x.role, daterange(nullif(x.first, '${NO_FIRST_DAY}')::date, x.last::date)
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) as x(id, place, hub, role, first, last)`,
    [
      rows.map(() => uuid()),
      rows.map((row) => row.placeCode),
      rows.map((row) => row.hubId),
      rows.map((row) => row.role),
      rows.map((row) => row.from),
      rows.map((row) => row.to),
    ],
  );
}

function viewOf(row: TerritoryRow): PlannedTerritory {
  const { placeCode, hubId, role, from, to } = row;
  return { placeCode, hubId, role, from: from === NO_FIRST_DAY ? null : from, to };
}
