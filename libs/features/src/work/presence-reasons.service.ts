import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { lockRouting, routingHub, tellRouting } from '../routing/routing-scope';
import type { PresenceReasonView } from './presence-view.dto';

export interface ReasonChanges {
  nameFr?: string;
  nameAr?: string;
  productive?: boolean;
  active?: boolean;
}

const COLUMNS = `id, hub_id as "hubId", code, name_fr as "nameFr", name_ar as "nameAr", productive, active, version`;
/** A hub's own reason takes the place of the national one of the same code. */
const LIST = `
  select distinct on (code) ${COLUMNS} from presence_reason where hub_id = $1 or hub_id is null order by code, hub_id nulls last`;
const FIND = `select ${COLUMNS} from presence_reason where id = $1 and hub_id is not null for update`;

/** Reasons of absence of a hub, beside the national ones. */
@Injectable()
export class PresenceReasonsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** What people of the hub may choose from, with what is out of use. */
  list(actor: Actor, hub: string): Promise<PresenceReasonView[]> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(actor, (tx) => tx.query<PresenceReasonView>('presence-reasons', LIST, [hubId]), {
      as: 'system',
    });
  }

  /** Adds a reason, or the hub's own in the place of a national one. @throws Refusal `already_exists` */
  create(actor: Actor, hub: string, code: string, reason: Required<ReasonChanges>): Promise<PresenceReasonView> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.write(actor, async (tx) => {
      await lockRouting(tx, hubId);
      const { nameFr, nameAr, productive, active } = reason;
      const [view] = await tx.query<PresenceReasonView>(
        'presence-reason-add',
        `insert into presence_reason (id, hub_id, code, name_fr, name_ar, productive, active) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (hub_id, code) do nothing returning ${COLUMNS}`,
        [uuid(), hubId, code, nameFr, nameAr, productive, active],
      );
      if (!view) throw new Refusal('already_exists', 'The hub has this reason.');
      return view;
    });
  }

  /** National reasons are not a hub's to change. */
  change(actor: Actor, id: string, expected: number, changes: ReasonChanges): Promise<PresenceReasonView> {
    return this.write(actor, async (tx) => {
      const [reason] = await tx.query<PresenceReasonView>('presence-reason-find', FIND, [id]);
      if (!reason) throw new Refusal('not_found', 'Not found.');
      routingHub(actor, reason.hubId!, this.reference);
      checkVersion(reason.version, expected);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const { nameFr, nameAr, productive, active } = { ...reason, ...given };
      const [view] = await tx.query<PresenceReasonView>(
        'presence-reason-change',
        `update presence_reason set name_fr = $2, name_ar = $3, productive = $4, active = $5, version = version + 1 where id = $1 returning ${COLUMNS}`,
        [id, nameFr, nameAr, productive, active],
      );
      return view;
    });
  }

  private write(actor: Actor, work: (tx: TenantTx) => Promise<PresenceReasonView>): Promise<PresenceReasonView> {
    return this.db.run(
      actor,
      async (tx) => {
        const view = await work(tx);
        tellRouting(tx, view.hubId!, { what: 'presence_reason', id: view.id, version: view.version });
        return view;
      },
      { as: 'system' },
    );
  }
}
