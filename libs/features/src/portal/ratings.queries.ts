import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { localInstants } from '@app/domain/zone';
import { CursorSecret, decodeCursor, encodeCursor } from '@app/platform/cursor';
import type { RatingItem, RatingReport } from './rating-view.dto';

export interface RatingFilter {
  /** Local days, both included. */
  from?: string;
  to?: string;
  score?: number;
  limit: number;
  cursor?: string;
}

const DEFINITION = {
  fr: 'Moyenne des notes de 1 à 5 données par les demandeurs dont la note date de la période ; une note par dossier, la dernière donnée.',
  ar: 'متوسط النقط من 1 إلى 5 التي منحها أصحاب الطلبات خلال الفترة؛ نقطة واحدة لكل ملف، وهي آخر نقطة منحت.',
};
const PERIOD = `r.hub_id = $1 and ($2::timestamptz is null or r.updated_at >= $2) and ($3::timestamptz is null or r.updated_at < $3)`;

/** What those who asked think of the answers of a hub. */
@Injectable()
export class RatingsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
  ) {}

  async report(actor: Actor, filter: RatingFilter): Promise<RatingReport> {
    const secret = await this.secret.value();
    const { limit, cursor, ...what } = filter;
    const use = { sort: 'ratings:newest', scope: JSON.stringify([actor.accountId, actor.hubId, what]) };
    const after = cursor === undefined ? [null, null] : decodeCursor(secret, cursor, use);
    const period = [actor.hubId, startOf(what.from, 0), startOf(what.to, 1440)];
    return this.db.run(actor, async (tx) => {
      const byScore = await counts(tx, period);
      const rows = await page(tx, [...period, what.score ?? null, ...after, limit + 1]);
      const n = byScore.reduce((sum, count) => sum + count, 0);
      const sum = byScore.reduce((total, count, index) => total + count * (index + 1), 0);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        n,
        average: n === 0 ? null : Math.round((sum / n) * 10) / 10,
        byScore,
        definition: DEFINITION,
        items,
        nextCursor: last
          ? encodeCursor(secret, { ...use, values: [last.updatedAt.toISOString(), last.ticketId] })
          : null,
      };
    });
  }
}

/** The instant at which a local day begins, or ends; null for no day. */
function startOf(date: string | undefined, minute: number): Date | null {
  return date === undefined ? null : (localInstants(date, minute)[0] ?? null);
}

async function counts(tx: TenantTx, period: unknown[]): Promise<number[]> {
  const rows = await tx.query<{ score: number; n: number }>(
    'rating-counts',
    `select r.score, count(*)::int as n from rating r where ${PERIOD} group by r.score`,
    period,
  );
  return [1, 2, 3, 4, 5].map((score) => rows.find((row) => row.score === score)?.n ?? 0);
}

function page(tx: TenantTx, values: unknown[]): Promise<RatingItem[]> {
  return tx.query<RatingItem>(
    'rating-page',
    `select r.ticket_id as "ticketId", t.reference, t.subject, r.score, r.reason, r.comment, r.created_at as "createdAt", r.updated_at as "updatedAt",
       case when r.agent_id is not null then jsonb_build_object('id', r.agent_id, 'name', coalesce(a.name, t.assignee_name, '')) end as agent
     from rating r join ticket t on t.id = r.ticket_id left join account a on a.id = r.agent_id
     where ${PERIOD} and ($4::int is null or r.score = $4) and ($5::timestamptz is null or (r.updated_at, r.ticket_id) < ($5, $6::uuid))
     order by r.updated_at desc, r.ticket_id desc limit $7`,
    values,
  );
}
