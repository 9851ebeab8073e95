import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { compileCalendar } from '@app/domain/business-hours';
import { type CalendarDefinition, checkCalendar } from '@app/domain/calendar';
import { Refusal } from '@app/domain/refusal';
import { dueAt } from '@app/domain/sla-clock';
import { Clock } from '@app/platform/clock';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { CalendarsQueries, readCalendarRow } from './calendars.queries';
import { checkOwner, publishingAlone, recordChange } from './changes';
import { ImpactService } from './impact.service';
import { type ChangeReason, rulesOf } from './planned-change';
import type { CalendarImpactView, PublishedCalendarView } from './sla-view.dto';

const DRAFT = 'draft';

/** How the calendar shall be, made from how it is; refuses with pointers into what the person sent. */
export type CalendarEdit = (now: CalendarDefinition) => CalendarDefinition;

export interface NewCalendar {
  fromId: string;
  code: string;
  nameFr: string;
  nameAr: string;
}

/** Calendars from draft over impact to publication. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly impacts: ImpactService,
    private readonly queries: CalendarsQueries,
    private readonly clock: Clock,
  ) {}

  /** What publishing the edit would do. */
  async impact(actor: Actor, id: string, edit: CalendarEdit): Promise<CalendarImpactView> {
    const row = await this.db.run(actor, (tx) => readCalendarRow(tx, id), { as: 'system' });
    checkOwner(actor, row.hubId);
    const definition = this.checked(id, edit(row.definition));
    const calendar = { calendarId: id, versionId: DRAFT, calendar: compileCalendar(definition) };
    const planned = {
      hubId: row.hubId,
      why: reasonOf(row.definition, definition),
      change: { calendar },
      rules: rulesOf(this.reference.current, { calendar }),
    };
    return { ...(await this.impacts.impactOf(actor, planned, '/definition/week')), definition };
  }

  /** Publishes a new version; open clocks follow. */
  async publish(actor: Actor, id: string, edit: CalendarEdit, version: number): Promise<PublishedCalendarView> {
    const change = await this.db.run(
      actor,
      async (tx) => {
        await publishingAlone(tx);
        const row = await readCalendarRow(tx, id);
        checkOwner(actor, row.hubId);
        checkVersion(row.version, version);
        const definition = this.checked(id, edit(row.definition));
        const versionId = await addVersion(tx, id, row.version + 1, definition);
        const why = reasonOf(row.definition, definition);
        return recordChange(tx, { hubId: row.hubId, why, calendarId: id, versionId });
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return { calendar: await this.queries.get(actor, id), change };
  }

  /** A calendar of the hub's own, copied from one that it sees; from now on the hub works by it. */
  async copy(actor: Actor, { fromId, code, nameFr, nameAr }: NewCalendar): Promise<PublishedCalendarView> {
    if (!actor.hubId) throw new Refusal('forbidden', 'Only a hub takes a calendar of its own.');
    const id = uuid();
    const change = await this.db.run(
      actor,
      async (tx) => {
        await publishingAlone(tx);
        const from = await readCalendarRow(tx, fromId, '/fromId');
        if (from.hubId !== null && from.hubId !== actor.hubId) throw new Refusal('not_found', 'Not found.');
        const [taken] = await tx.query('calendar-code', 'select 1 from calendar where code = $1', [code]);
        if (taken) throw Refusal.field('/code', 'duplicate', 'Another calendar has this code.');
        await tx.query(
          'calendar-added',
          'insert into calendar (id, code, name_fr, name_ar, hub_id) values ($1, $2, $3, $4, $5)',
          [id, code, nameFr, nameAr, actor.hubId],
        );
        const versionId = await addVersion(tx, id, 1, from.definition);
        const replacesId = this.reference.hub(actor.hubId!).calendarId;
        await tx.query('hub-calendar', 'update hub set calendar_id = $2 where id = $1', [actor.hubId, id]);
        return recordChange(tx, { hubId: actor.hubId, why: 'calendar', calendarId: id, replacesId, versionId });
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return { calendar: await this.queries.get(actor, id), change };
  }

  /** The whole calendar, checked; pointers lie below `/definition`. */
  private checked(id: string, edited: CalendarDefinition): CalendarDefinition {
    const definition = below('/definition', () => checkCalendar(edited));
    this.checkReach(id, definition);
    return definition;
  }

  /** Hours so short that what the programme promises would only be due beyond five years. */
  private checkReach(id: string, definition: CalendarDefinition): void {
    const { hubs, policies } = this.reference.current;
    const users = new Set([...hubs.values()].filter((hub) => hub.calendarId === id).map((hub) => hub.id));
    const calendar = compileCalendar(definition);
    const minutes = policies
      .filter((policy) => users.size > 0 && (policy.hubId === null || users.has(policy.hubId)))
      .flatMap((policy) => policy.targets.filter((one) => one.time === 'business').map((one) => one.minutes));
    if (minutes.length === 0) return;
    try {
      dueAt({ startedAt: this.clock.now(), minutes: Math.max(...minutes), time: 'business', calendar, pauses: [] });
    } catch {
      throw Refusal.field(
        '/definition/week',
        'too_far',
        'With these hours a promise is due more than five years ahead.',
      );
    }
  }
}

/** Runs a check whose pointers lie below a field of what was sent. */
export function below<T>(pointer: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = error.errors.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` }));
    throw new Refusal(error.code, error.message, errors);
  }
}

/** What the history will say: only days off, only seasons, or more. */
function reasonOf(before: CalendarDefinition, after: CalendarDefinition): ChangeReason {
  const differing = (Object.keys(after) as (keyof CalendarDefinition)[]).filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  );
  if (differing.length !== 1) return 'calendar';
  if (differing[0] === 'closures') return 'holiday';
  return differing[0] === 'seasons' ? 'season' : 'calendar';
}

async function addVersion(tx: TenantTx, id: string, version: number, definition: CalendarDefinition): Promise<string> {
  const versionId = uuid();
  await tx.query(
    'calendar-version',
    'insert into calendar_version (id, calendar_id, version, definition, published_at, published_by) values ($1, $2, $3, $4, $5, $6)',
    [versionId, id, version, JSON.stringify(definition), tx.now, tx.actorId],
  );
  return versionId;
}
