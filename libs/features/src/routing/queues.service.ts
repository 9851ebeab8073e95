import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { overflowCycles, type QueueOverflow } from '@app/domain/routing-rules';
import { checkTimes, timesOf, type RelaxationTimes } from '@app/domain/work/relaxation';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { QueueView } from './routing-view.dto';
import { lockRouting, routingHub, tellRouting } from './routing-scope';

/** What people may change of a queue; null takes a setting back to what the kind of work says. */
export interface QueueChanges {
  nameFr?: string;
  nameAr?: string;
  capacityCost?: number | null;
  offerTimeoutSeconds?: number | null;
  maxWaitSeconds?: number | null;
  wrapUpSeconds?: number | null;
  relaxation?: Partial<RelaxationTimes> | null;
  overflowCode?: string | null;
  overflowAfterSeconds?: number | null;
}

const SETTINGS = ['capacityCost', 'offerTimeoutSeconds', 'maxWaitSeconds', 'wrapUpSeconds', 'relaxation'] as const;
const COLUMNS = `
  id, hub_id as "hubId", code, kind, name_fr as "nameFr", name_ar as "nameAr", (settings -> 'capacityCost')::int as "capacityCost",
  (settings -> 'offerTimeoutSeconds')::int as "offerTimeoutSeconds", (settings -> 'maxWaitSeconds')::int as "maxWaitSeconds",
  (settings -> 'wrapUpSeconds')::int as "wrapUpSeconds", settings -> 'relaxation' as relaxation, overflow_code as "overflowCode", overflow_after_seconds as "overflowAfterSeconds", version`;
const LIST = `select ${COLUMNS} from queue where hub_id = $1 order by code`;
const CHANGE = `
  update queue set name_fr = $2, name_ar = $3, settings = (select coalesce(jsonb_object_agg(k, v), '{}') from jsonb_each(settings || $4::jsonb) e(k, v) where v <> 'null'), overflow_code = $5, overflow_after_seconds = $6,
    version = version + 1
  where id = $1`;

/** Queues of a hub, and where what waits too long in them goes over to. */
@Injectable()
export class QueuesService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  list(actor: Actor, hub: string): Promise<QueueView[]> {
    const hubId = routingHub(actor, hub, this.reference);
    return this.db.run(actor, (tx) => tx.query<QueueView>('queue-list', LIST, [hubId]));
  }

  /** @throws Refusal `already_exists` when the hub has a queue of this code */
  async create(actor: Actor, hub: string, code: string, changes: QueueChanges): Promise<QueueView> {
    const hubId = routingHub(actor, hub, this.reference);
    const id = uuid();
    return this.write(actor, async (tx) => {
      await lockRouting(tx, hubId);
      const queues = await tx.query<QueueView>('queue-list', LIST, [hubId]);
      if (queues.some((queue) => queue.code === code)) throw new Refusal('already_exists', 'The hub has this queue.');
      const { nameFr, nameAr } = changes;
      await tx.query(
        'queue-add',
        'insert into queue (id, hub_id, code, name_fr, name_ar, version) values ($1, $2, $3, $4, $5, 0)',
        [id, hubId, code, nameFr, nameAr],
      );
      const added = { ...EMPTY, id, hubId, code, version: 0, nameFr: nameFr!, nameAr: nameAr! };
      return this.apply(tx, added, changes, [...queues, added]);
    });
  }

  async change(actor: Actor, id: string, expected: number, changes: QueueChanges): Promise<QueueView> {
    const known = this.reference.current.queues.find((queue) => queue.id === id);
    if (!known) throw new Refusal('not_found', 'Not found.');
    const hubId = routingHub(actor, known.hubId, this.reference);
    return this.write(actor, async (tx) => {
      await lockRouting(tx, hubId);
      const queues = await tx.query<QueueView>('queue-list', LIST, [hubId]);
      const queue = queues.find((one) => one.id === id)!;
      checkVersion(queue.version, expected);
      return this.apply(tx, queue, changes, queues);
    });
  }

  private async apply(
    tx: TenantTx,
    queue: QueueView,
    changes: QueueChanges,
    all: readonly QueueView[],
  ): Promise<QueueView> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const next: QueueView = { ...queue, ...given, version: queue.version + 1 };
    if (next.overflowCode === null) next.overflowAfterSeconds = null;
    checkOverflow(next, all);
    const programme = this.reference.current.settings.get('relaxation') as Partial<RelaxationTimes> | undefined;
    checkTimes(changes.relaxation ?? {}, timesOf(programme, next.relaxation));
    await tx.query('queue-change', CHANGE, [
      next.id,
      next.nameFr,
      next.nameAr,
      JSON.stringify(Object.fromEntries(SETTINGS.map((name) => [name, next[name]]))),
      next.overflowCode,
      next.overflowAfterSeconds,
    ]);
    tellRouting(tx, next.hubId, { what: 'queue', id: next.id, version: next.version });
    return next;
  }

  private async write(actor: Actor, work: (tx: TenantTx) => Promise<QueueView>): Promise<QueueView> {
    const view = await this.db.run(actor, work, { as: 'system' });
    await this.reference.reload();
    return view;
  }
}

const EMPTY = {
  kind: null,
  capacityCost: null,
  offerTimeoutSeconds: null,
  maxWaitSeconds: null,
  wrapUpSeconds: null,
  relaxation: null,
  overflowCode: null,
  overflowAfterSeconds: null,
};

function checkOverflow(next: QueueView, all: readonly QueueView[]): void {
  const { code, overflowCode, overflowAfterSeconds } = next;
  if (overflowCode === null) return;
  if (!all.some((queue) => queue.code === overflowCode)) {
    throw Refusal.field('/overflowCode', 'unknown', 'The hub has no such queue.');
  }
  if (overflowAfterSeconds === null) {
    throw Refusal.field('/overflowAfterSeconds', 'required', 'Say after how long work goes over.');
  }
  const after: QueueOverflow[] = all.map((queue) => (queue.code === code ? next : queue));
  if (overflowCycles(after).length > 0) {
    throw Refusal.field('/overflowCode', 'loop', 'Work would go round in a circle.');
  }
}
