import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { localParts } from '@app/domain/zone';
import type { ColleagueView } from './colleague-view.dto';

/** A hub has dozens of people; more than this is a mistake that no menu should show. */
const MOST = 300;

@Injectable()
export class ColleaguesQueries {
  constructor(private readonly db: TenantDb) {}

  /** People of one's own hub who work today, by name. */
  list(actor: Actor): Promise<ColleagueView[]> {
    return this.db.run(actor, (tx) =>
      tx.query<ColleagueView>(
        'colleagues',
        `select a.id as "accountId", a.name, m.role, m.cleared from membership m join account a on a.id = m.account_id
         where m.hub_id = $1 and m.role in ('agent', 'supervisor', 'expert') and m.valid @> $2::date and a.status = 'active'
         order by a.name, a.id limit ${MOST}`,
        [actor.hubId, localParts(tx.now).date],
      ),
    );
  }
}
