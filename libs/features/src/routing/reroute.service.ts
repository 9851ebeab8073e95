import { Inject, Injectable } from '@nestjs/common';
import { leaveOut } from '@app/db/leave-out';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { isAssignable, type RoutingRule } from '@app/domain/routing';
import { decidesAnew } from '@app/domain/routing-dry-run';
import { ROUTED_WORDS, type RoutedReason } from '@app/domain/work/reason-words';
import { LOG, type Log } from '@app/platform/log';
import { ReferenceData } from '../directory/reference-data';
import { SETTLED_MS } from '../sla/recompute.service';
import { TicketBatch } from '../tickets/ticket-batch';
import { lockTickets, type FoundTicket } from '../tickets/ticket-find';
import { RULES } from './rules.queries';

const BATCH = 200;
const WHY: RoutedReason = 'new_rules';

/** The oldest set that tickets still have to follow, once every process decides by it. One at a time, whoever asks. */
const CLAIM = `
  select hub_id as "hubId", version, replaced, cursor from routing_rule_set where (hub_id, version) = (
    select hub_id, version from routing_rule_set where done_at is null and replaced is not null and published_at <= $1
    order by published_at, version limit 1)
  for update skip locked`;

const WAITING = `
  select id from ticket where hub_id = $1 and assignee_id is null and merged_into is null and status in ('new', 'open') and id > $2 order by id limit $3`;

interface Publication {
  hubId: string;
  version: number;
  replaced: RoutingRule[];
  cursor: string;
}

interface Decided {
  found: FoundTicket;
  rule: RoutingRule;
  queueId: string;
}

/** Takes what waits in a hub along to the rules that were published, a batch in a transaction; what somebody has in hand stays. */
@Injectable()
export class RerouteService {
  /** Tickets in a transaction. */
  batch = BATCH;

  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Does what waits; returns how many tickets were routed anew. */
  async runAll(): Promise<number> {
    let moved = 0;
    for (;;) {
      const step = await this.db.system((tx) => this.step(tx));
      if (step === null) return moved;
      moved += step;
    }
  }

  /** One batch; null when nothing can be done now. */
  async step(tx: TenantTx): Promise<number | null> {
    const [set] = await tx.query<Publication>('reroute-claim', CLAIM, [new Date(tx.now.getTime() - SETTLED_MS)]);
    if (!set) return null;
    const { hubId, version, cursor } = set;
    const waiting = await tx.query<{ id: string }>('reroute-waiting', WAITING, [hubId, cursor, this.batch]);
    if (waiting.length === 0) {
      await tx.query('reroute-done', 'update routing_rule_set set done_at = $3 where hub_id = $1 and version = $2', [
        hubId,
        version,
        tx.now,
      ]);
      return 0;
    }
    const ids = waiting.map((row) => row.id);
    const moved = await this.move(tx, set, ids);
    await tx.query(
      'reroute-cursor',
      'update routing_rule_set set cursor = $3, rerouted = rerouted + $4 where hub_id = $1 and version = $2',
      [hubId, version, ids.at(-1), moved],
    );
    return moved;
  }

  private async move(tx: TenantTx, { hubId, replaced }: Publication, ids: readonly string[]): Promise<number> {
    const rules = await tx.query<RoutingRule>('rules', RULES, [hubId]);
    const queues = await tx.query<{ id: string; code: string }>(
      'reroute-queues',
      'select id, code from queue where hub_id = $1',
      [hubId],
    );
    const queueIds = new Map(queues.map((queue) => [queue.code, queue.id]));
    const found = (await lockTickets(tx, ids)).filter((one) => waits(one, hubId));
    for (const { row } of found) tx.notBefore(row.updatedAt);
    const decided: Decided[] = [];
    for (const one of found) {
      const rule = decidesAnew(replaced, rules, factsOf(one));
      const queueId = rule && queueIds.get(rule.queueCode);
      if (!rule) continue;
      if (queueId) decided.push({ found: one, rule, queueId });
      else this.log.warn({ ticketId: one.row.id, queue: rule.queueCode }, 'a rule names a queue that is gone');
    }
    const counts = await leaveOut(
      tx,
      decided,
      (some) => this.write(tx, some),
      ({ found: { row } }, error) =>
        this.log.warn({ err: error.message, ticketId: row.id }, 'a ticket could not follow the new rules'),
    );
    return counts.reduce((sum, one) => sum + one, 0);
  }

  private async write(tx: TenantTx, decided: readonly Decided[]): Promise<number> {
    const batch = new TicketBatch(tx, this.reference);
    for (const one of decided) route(batch, one);
    await batch.flush();
    return decided.length;
  }
}

/** Somebody may have taken it since the list was read. */
function waits({ row }: FoundTicket, hubId: string): boolean {
  return row.hubId === hubId && row.assigneeId === null && isAssignable(row.status);
}

function factsOf({ row }: FoundTicket) {
  const { kind, categoryCode: category, channel, language, priority, confidentiality } = row;
  return { work_kind: 'ticket' as const, kind, category, channel, language, priority, confidentiality };
}

/** Its work follows the event, also where only the skills asked for are others. */
function route(batch: TicketBatch, { found, rule, queueId }: Decided): void {
  const act = batch.act(found);
  const { row } = act.write;
  const { hubId, queueId: from } = row;
  row.queueId = queueId;
  const { fr, ar } = ROUTED_WORDS[WHY];
  const reason = { fr: `${fr} ; ${rule.reasonFr}`, ar: `${ar}؛ ${rule.reasonAr}` };
  act.write.emit('ticket.routed', {
    hubId,
    from,
    queueId,
    ruleId: rule.id,
    ruleVersion: rule.version,
    why: WHY,
    reason,
  });
  batch.add(act);
}
