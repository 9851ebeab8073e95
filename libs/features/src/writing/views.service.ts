import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import type { SavedView } from './writing-view.dto';

export interface ViewInput {
  name: string;
  shared: boolean;
  /** Parameters of the ticket list, checked by the list's own rules. */
  query: Record<string, string>;
}

/** For one person; shared ones of the hub count for who made them. */
const MOST_VIEWS = 50;

interface ViewRow extends ViewInput {
  id: string;
  accountId: string;
  version: number;
}

const COLUMNS = 'id, account_id as "accountId", name, shared, query, version';

/** Named sets of filters: one's own, and those that a supervisor shares with the hub. */
@Injectable()
export class ViewsService {
  constructor(private readonly db: TenantDb) {}

  list(actor: Actor): Promise<SavedView[]> {
    return this.db.run(actor, async (tx) => {
      const rows = await tx.query<ViewRow>(
        'views-list',
        `select ${COLUMNS} from saved_view where hub_id = $1 and (account_id = $2 or shared) order by shared, name, id limit 500`,
        [actor.hubId, actor.accountId],
      );
      return rows.map((row) => viewOf(row, actor));
    });
  }

  create(actor: Actor, input: ViewInput): Promise<SavedView> {
    checkSharing(actor, input.shared);
    return this.db.run(actor, async (tx) => {
      const [{ n }] = await tx.query<{ n: number }>(
        'views-count',
        'select count(*)::int as n from saved_view where hub_id = $1 and account_id = $2',
        [actor.hubId, actor.accountId],
      );
      if (n >= MOST_VIEWS) throw Refusal.field('', 'too_many', `At most ${MOST_VIEWS} views can be kept.`);
      const [row] = await tx.query<ViewRow>(
        'view-insert',
        `insert into saved_view (id, hub_id, account_id, name, shared, query, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7) returning ${COLUMNS}`,
        [uuid(), actor.hubId, actor.accountId, input.name, input.shared, input.query, tx.now],
      );
      tell(tx, row, 'created');
      return viewOf(row, actor);
    });
  }

  change(actor: Actor, id: string, input: ViewInput, expected: number): Promise<SavedView> {
    return this.db.run(actor, async (tx) => {
      const present = await own(tx, id);
      checkVersion(present.version, expected);
      if (input.shared !== present.shared) checkSharing(actor, true);
      const [row] = await tx.query<ViewRow>(
        'view-update',
        `update saved_view set name = $3, shared = $4, query = $5, updated_at = $6, version = version + 1
         where id = $1 and hub_id = $2 returning ${COLUMNS}`,
        [id, actor.hubId, input.name, input.shared, input.query, tx.now],
      );
      tell(tx, row, 'changed');
      return viewOf(row, actor);
    });
  }

  remove(actor: Actor, id: string, expected: number): Promise<void> {
    return this.db.run(actor, async (tx) => {
      const row = await own(tx, id);
      checkVersion(row.version, expected);
      await tx.query('view-delete', 'delete from saved_view where id = $1 and hub_id = $2', [id, actor.hubId]);
      tell(tx, row, 'removed');
    });
  }
}

/** One's own, or a shared one for a supervisor; others' own views do not exist, shared ones may be seen only. */
async function own(tx: TenantTx, id: string): Promise<ViewRow> {
  const { hubId, accountId, role } = tx.actor;
  const [row] = await tx.query<ViewRow>(
    'view-lock',
    `select ${COLUMNS} from saved_view where id = $1 and hub_id = $2 for update`,
    [id, hubId],
  );
  const mine = row?.accountId === accountId;
  if (!row || (!mine && !row.shared)) throw new Refusal('not_found', 'Not found.');
  if (row.shared && role !== 'supervisor') throw new Refusal('forbidden', 'Supervisors keep the shared views.');
  return row;
}

function checkSharing(actor: Actor, shared: boolean): void {
  if (shared && actor.role !== 'supervisor')
    throw Refusal.field('/shared', 'not_allowed', 'Supervisors share views with the hub.');
}

function tell(tx: TenantTx, { id, version }: ViewRow, what: 'created' | 'changed' | 'removed'): void {
  tx.emit({ type: 'view.changed', hubId: tx.actor.hubId, entityVersion: version, data: { viewId: id, what } });
}

function viewOf({ accountId, ...row }: ViewRow, actor: Actor): SavedView {
  return { ...row, mine: accountId === actor.accountId };
}
