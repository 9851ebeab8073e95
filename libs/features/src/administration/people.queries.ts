import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { localParts } from '@app/domain/zone';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import { peopleCondition, type StaffRole } from './people-scope';
import type { PeoplePage, PersonAtWork } from './people-view.dto';

export interface PeopleFilter {
  q?: string;
  role?: StaffRole;
  status?: 'active' | 'inactive';
  hubId?: string;
}

const COLUMNS = `
  m.id as "membershipId", a.id as "accountId", a.name, a.email, m.role, m.hub_id as "hubId", m.cleared,
  case when a.status = 'active' and m.valid @> $2::date then 'active' else 'inactive' end as status,
  (select coalesce(jsonb_agg(jsonb_build_object('code', s.skill_code, 'level', s.level) order by s.skill_code), '[]')
    from agent_skill s where s.account_id = a.id and s.hub_id = m.hub_id) as skills,
  (select count(*)::int from ticket t where t.assignee_id = a.id and t.hub_id = m.hub_id
    and t.status in ('new', 'open', 'pending', 'on_hold', 'answered')) as "openTickets",
  a.last_sign_in_at as "lastSignInAt", a.version, lower(a.name) as sort`;

type Row = PersonAtWork & { sort: string };

/** Who works where, for those who look after them. E-mail addresses are hidden from the roles of people, so this reads as the system. */
@Injectable()
export class PeopleQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
  ) {}

  /** By name. */
  async list(
    actor: Actor,
    filter: PeopleFilter,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<PeoplePage> {
    const secret = await this.secret.value();
    const use = { sort: 'people:name', scope: JSON.stringify([actor.accountId, actor.hubId, filter]) };
    const [after, afterId] = cursor ? decodeCursor(secret, cursor, use) : [null, null];
    const rows = await this.db.run(
      actor,
      (tx) =>
        tx.sql<Row>(
          `select * from (select ${COLUMNS} from membership m join account a on a.id = m.account_id where ${peopleCondition(actor)}) p
           where ($3::text is null or position(lower($3) in sort) > 0 or position(lower($3) in lower(email)) > 0)
             and ($4::text is null or role = $4) and ($5::text is null or status = $5) and ($6::uuid is null or "hubId" = $6)
             and ($7::text is null or (sort, "membershipId") > ($7, $8::uuid))
           order by sort, "membershipId" limit $9`,
          [
            ...[actor.hubId, localParts(tx.now).date, filter.q ?? null, filter.role ?? null, filter.status ?? null],
            ...[filter.hubId ?? null, after, afterId, limit + 1],
          ],
        ),
      { as: 'system' },
    );
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(shown),
      nextCursor: last ? encodeCursor(secret, { ...use, values: [last.sort, last.membershipId] }) : null,
    };
  }
}

/** One person, in the transaction that changed it. */
export async function readPerson(tx: TenantTx, membershipId: string): Promise<PersonAtWork> {
  const [row] = await tx.sql<Row>(
    `select ${COLUMNS} from membership m join account a on a.id = m.account_id where m.id = $1`,
    [membershipId, localParts(tx.now).date],
  );
  return shown(row);
}

function shown({ sort: _, ...person }: Row): PersonAtWork {
  return person;
}
