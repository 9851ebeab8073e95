import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { HubStatus } from '@app/domain/hub';
import { parsePhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { ManagedHub } from './programme-view.dto';

export interface HubFields {
  nameFr: string;
  nameAr: string;
  managingNameFr: string | null;
  managingNameAr: string | null;
  seatCode: string | null;
  phone: string | null;
  callbackPhone: string | null;
  email: string | null;
  languages: string[];
}
export type HubChanges = Partial<HubFields> & { status?: HubStatus };

/** Suspending is a command of its own, because somebody must answer instead. */
const NEXT: Record<HubStatus, readonly HubStatus[]> = {
  planned: ['active', 'closed'],
  active: ['closed'],
  suspended: ['active', 'closed'],
  closed: [],
};

export const MANAGED_HUB = `
  select h.id, h.code, h.name_fr as "nameFr", h.name_ar as "nameAr", h.status, h.is_national as "isNational", h.managing_name_fr as "managingNameFr",
    h.managing_name_ar as "managingNameAr", h.seat_code as "seatCode", h.phone, h.callback_phone as "callbackPhone", h.email, h.languages, h.version,
    (select count(*)::int from membership m where m.hub_id = h.id and m.role = 'supervisor' and m.valid @> $1::date) as supervisors,
    (select count(*)::int from membership m where m.hub_id = h.id and m.role = 'agent' and m.valid @> $1::date) as agents,
    (select count(*)::int from ticket t where t.hub_id = h.id and t.status in ('new', 'open', 'pending', 'on_hold', 'answered')) as "openTickets"
  from hub h`;

const COLUMN: Record<keyof HubFields | 'status', string> = {
  nameFr: 'name_fr',
  nameAr: 'name_ar',
  managingNameFr: 'managing_name_fr',
  managingNameAr: 'managing_name_ar',
  seatCode: 'seat_code',
  phone: 'phone',
  callbackPhone: 'callback_phone',
  email: 'email',
  languages: 'languages',
  status: 'status',
};

/** The hubs of the programme, as its coordinators keep them. */
@Injectable()
export class ManagedHubsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  list(actor: Actor): Promise<ManagedHub[]> {
    return this.db.run(actor, (tx) => tx.sql<ManagedHub>(`${MANAGED_HUB} order by h.code`, [today(tx)]), {
      as: 'system',
    });
  }

  /** Planned at first, with the national hub's calendar, queues and rules to begin with. */
  async create(actor: Actor, code: string, input: HubFields): Promise<ManagedHub> {
    const fields = this.checked(input) as HubFields;
    const made = await this.db.run(
      actor,
      async (tx) => {
        const id = uuid();
        await tx.sql(
          `insert into hub (id, code, status, calendar_id, name_fr, name_ar, managing_name_fr, managing_name_ar, seat_code, phone, callback_phone, email, languages)
           select $1, $2, 'planned', n.calendar_id, $3, $4, $5, $6, $7, $8, $9, $10, $11 from hub n where n.is_national`,
          [
            ...[id, code, fields.nameFr, fields.nameAr, fields.managingNameFr, fields.managingNameAr, fields.seatCode],
            ...[fields.phone, fields.callbackPhone, fields.email, fields.languages],
          ],
        );
        await tx.sql(
          `insert into queue (id, hub_id, code, kind, name_fr, name_ar, settings)
           select gen_random_uuid(), $1, q.code, q.kind, q.name_fr, q.name_ar, q.settings from queue q join hub n on n.id = q.hub_id and n.is_national`,
          [id],
        );
        await tx.sql(
          `insert into routing_rule (id, hub_id, position, conditions, queue_code, required_skills, reason_fr, reason_ar)
           select gen_random_uuid(), $1, r.position, r.conditions, r.queue_code, r.required_skills, r.reason_fr, r.reason_ar
           from routing_rule r join hub n on n.id = r.hub_id and n.is_national`,
          [id],
        );
        tx.emit({ type: 'hub.created', hubId: id, entityVersion: 1, data: { code } });
        return readHub(tx, id);
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return made;
  }

  async change(actor: Actor, id: string, input: HubChanges, expected: number): Promise<ManagedHub> {
    const changes = this.checked(input);
    const changed = await this.db.run(
      actor,
      async (tx) => {
        const hub = await lockHub(tx, id);
        checkVersion(hub.version, expected);
        if (changes.status && changes.status !== hub.status) await checkStatus(tx, hub, changes.status);
        const fields = (Object.keys(COLUMN) as (keyof typeof COLUMN)[]).filter(
          (field) => changes[field] !== undefined && JSON.stringify(changes[field]) !== JSON.stringify(hub[field]),
        );
        if (fields.length === 0) return hub;
        await tx.sql(
          `update hub set ${fields.map((field, i) => `${COLUMN[field]} = $${i + 2}`).join(', ')}, version = version + 1 where id = $1`,
          [id, ...fields.map((field) => changes[field])],
        );
        const status = fields.includes('status') ? { from: hub.status, to: changes.status } : {};
        tx.emit({ type: 'hub.changed', hubId: id, entityVersion: hub.version + 1, data: { fields, ...status } });
        return readHub(tx, id);
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return changed;
  }

  private checked(input: HubChanges): HubChanges {
    if (input.seatCode && !this.reference.current.places.has(input.seatCode))
      throw Refusal.field('/seatCode', 'unknown', 'This place is not known.');
    return { ...input, ...phoneOf(input, 'phone'), ...phoneOf(input, 'callbackPhone') };
  }
}

function phoneOf(input: HubChanges, field: 'phone' | 'callbackPhone'): HubChanges {
  const value = input[field];
  if (value === undefined || value === null) return {};
  const e164 = parsePhone(value);
  if (!e164) throw Refusal.field(`/${field}`, 'phone_expected', 'This is not a telephone number.');
  return { [field]: e164 };
}

const today = (tx: TenantTx): string => localParts(tx.now).date;

export async function readHub(tx: TenantTx, id: string): Promise<ManagedHub> {
  const [hub] = await tx.sql<ManagedHub>(`${MANAGED_HUB} where h.id = $2`, [today(tx), id]);
  if (!hub) throw new Refusal('not_found', 'Not found.');
  return hub;
}

export async function lockHub(tx: TenantTx, id: string): Promise<ManagedHub> {
  await tx.sql('select 1 from hub where id = $1 for update', [id]);
  return readHub(tx, id);
}

async function checkStatus(tx: TenantTx, hub: ManagedHub, to: HubStatus): Promise<void> {
  if (!NEXT[hub.status].includes(to)) {
    throw new Refusal('status_not_allowed', `From ${hub.status}, ${to} is not the next status.`);
  }
  if (to !== 'closed') return;
  if (hub.isNational) throw new Refusal('status_not_allowed', 'The national hub stays.');
  const [held] = await tx.sql(
    `select 1 from territory where hub_id = $1 and (upper(valid) is null or upper(valid) > $2) limit 1`,
    [hub.id, today(tx)],
  );
  if (held) throw new Refusal('status_not_allowed', 'The hub still answers for a territory. Suspend it first.');
  if (hub.openTickets > 0) throw new Refusal('status_not_allowed', 'The hub still has open tickets.');
}
