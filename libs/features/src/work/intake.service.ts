import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import { chooseRule, isAssignable } from '@app/domain/routing';
import type { Priority } from '@app/domain/sla-policy';
import type { Status } from '@app/domain/ticket';
import { assignmentMode, type AssignmentMode } from '@app/domain/work/assignment-mode';
import { COST, OFFER_SECONDS, WRAP_UP_SECONDS } from '@app/domain/work/capacity';
import { requiredSkills, type SkillFamily } from '@app/domain/work/required-skills';
import type { LoggedEvent } from '@app/platform/consumer';
import { ReferenceData } from '../directory/reference-data';
import { AssignmentService, formerOf } from '../routing/assignment.service';
import { conflicted } from '../routing/conflict-of-interest';
import { hubsInConflict } from '../tickets/impartial-hub';
import { releaseOffers } from './offer-writes';
import { MAX_WAIT_SECONDS } from './overflow-after';
import { databaseTime, lockAgent } from './work-rows';

interface TicketRow {
  id: string;
  hubId: string;
  hubCode: string;
  status: Status;
  assigneeId: string | null;
  requesterAccountId: string | null;
  formerAssigneeId: string | null;
  queueId: string;
  queueCode: string;
  associationId: string | null;
  associationFr: string | null;
  associationAr: string | null;
  settings: {
    capacityCost?: number;
    offerTimeoutSeconds?: number;
    maxWaitSeconds?: number;
    wrapUpSeconds?: number;
  };
  kind: string;
  categoryCode: string;
  channel: string;
  language: string;
  answerLanguage: string;
  priority: Priority;
  confidentiality: string;
  restricted: boolean;
  openedAt: Date;
  dueAt: Date | null;
  mode: unknown;
}

const TICKET = `
  select t.id, t.hub_id as "hubId", h.code as "hubCode", t.association_id as "associationId", t.association_fr as "associationFr", t.association_ar as "associationAr", t.status, t.assignee_id as "assigneeId", t.requester_account_id as "requesterAccountId",
    (select f.assignee_id from ticket f where f.id = t.follow_up_of) as "formerAssigneeId", t.queue_id as "queueId", q.code as "queueCode", q.settings,
    t.kind, t.category_code as "categoryCode", t.channel, t.language, t.answer_language as "answerLanguage", t.priority, t.confidentiality, t.restricted,
    t.opened_at as "openedAt", t.next_due_at as "dueAt", (select s.value from setting s where s.key = 'assignment_mode') as mode
  from ticket t join hub h on h.id = t.hub_id join queue q on q.id = t.queue_id where t.id = $1`;

const ADD = `
  insert into work_item (id, hub_id, origin_hub_id, kind, subject_id, ticket_id, queue_id, state, priority, language, required, cost, offer_seconds,
    max_wait_seconds, wrap_up_seconds, excluded_accounts, sticky_account_id, queued_at, state_at, due_at, excluded_hubs)
  values ($1, $2, $2, 'ticket_task', $3, $3, $4, 'queued', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::timestamptz, greatest($14::timestamptz, $15::timestamptz), $16, $17)
  on conflict (subject_id) where state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up') do nothing
  returning id`;

/** Tickets become work that is offered, in the hubs that want it so; elsewhere they are given to the least loaded. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly reference: ReferenceData,
    private readonly assignment: AssignmentService,
  ) {}

  /** The effect of an event on a ticket that may need somebody. */
  async take(tx: TenantTx, event: LoggedEvent): Promise<void> {
    const ticket = event.ticketId ? await this.ticket(tx, event.ticketId) : undefined;
    if (!ticket) return;
    if (this.modeOf(ticket) === 'least_load') return this.assignment.assign(tx, event);
    await this.enqueue(tx, ticket, formerOf(event));
  }

  /** A ticket that waits without work in the hub's queue, as after a change of mode or a crash. */
  async adopt(tx: TenantTx, ticketId: string): Promise<void> {
    const ticket = await this.ticket(tx, ticketId);
    if (ticket && this.modeOf(ticket) === 'offers') await this.enqueue(tx, ticket);
  }

  private modeOf({ mode, hubId, hubCode }: TicketRow): AssignmentMode {
    return assignmentMode(mode, { id: hubId, code: hubCode });
  }

  private async ticket(tx: TenantTx, id: string): Promise<TicketRow | undefined> {
    return (await tx.query<TicketRow>('work-intake-ticket', TICKET, [id]))[0];
  }

  private async enqueue(tx: TenantTx, ticket: TicketRow, except: readonly string[] = []): Promise<void> {
    if (ticket.assigneeId || !isAssignable(ticket.status)) return;
    const families = await tx.query<SkillFamily>(
      'work-skills',
      'select code, type, category_prefixes as "categoryPrefixes" from skill',
    );
    const required = JSON.stringify(requiredSkills(ticket, this.ruleSkills(ticket), families));
    const now = await databaseTime(tx);
    const [added] = await tx.query<{ id: string }>('work-add', ADD, [
      uuid(),
      ticket.hubId,
      ticket.id,
      ticket.queueId,
      ticket.priority,
      ticket.answerLanguage,
      required,
      ...weights(ticket),
      [...(await conflicted(tx, ticket)), ...except],
      ticket.formerAssigneeId,
      ticket.openedAt,
      now,
      ticket.dueAt,
      this.hubsInConflict(ticket),
    ]);
    if (added) this.tell(tx, ticket, added.id);
    else await this.renew(tx, ticket, required, now);
  }

  /** Work that waits already follows its ticket to the queue and the hub where it now is; its time of arrival stays. */
  private async renew(tx: TenantTx, ticket: TicketRow, required: string, now: Date): Promise<void> {
    const [live] = await tx.query<{ id: string; accountId: string; hubId: string }>(
      'work-live-offer',
      `select o.id, o.account_id as "accountId", o.hub_id as "hubId" from offer o join work_item i on i.id = o.item_id
       where i.subject_id = $1 and i.state = 'offered' and o.state = 'pending'`,
      [ticket.id],
    );
    if (live) {
      await lockAgent(tx, live);
      await releaseOffers(tx, [live.id], 'rescinded', now, 'moved');
    }
    const [item] = await tx.query<{ id: string }>(
      'work-renew',
      `update work_item set queue_id = $2, required = $3, priority = $4, language = $5, excluded_accounts = $6, excluded_hubs = $7,
         cost = $8, offer_seconds = $9, max_wait_seconds = $10, wrap_up_seconds = $11, version = version + 1
       where subject_id = $1 and state = 'queued' returning id`,
      [
        ticket.id,
        ticket.queueId,
        required,
        ticket.priority,
        ticket.answerLanguage,
        await conflicted(tx, ticket),
        this.hubsInConflict(ticket),
        ...weights(ticket),
      ],
    );
    if (item) this.tell(tx, ticket, item.id);
  }

  private tell(tx: TenantTx, ticket: TicketRow, itemId: string): void {
    const data = { itemId, kind: 'ticket_task', queueId: ticket.queueId, queuedAt: ticket.openedAt };
    tx.emit({ type: 'work.queued', hubId: ticket.hubId, ticketId: ticket.id, data });
  }

  private hubsInConflict({ associationId: id, associationFr: nameFr, associationAr: nameAr }: TicketRow): string[] {
    return hubsInConflict({ id, nameFr, nameAr }, this.reference);
  }

  private ruleSkills(ticket: TicketRow): readonly { skill: string; level: number }[] {
    const rule = chooseRule(this.reference.current.rules.get(ticket.hubId) ?? [], {
      work_kind: 'ticket',
      kind: ticket.kind,
      category: ticket.categoryCode,
      channel: ticket.channel,
      language: ticket.language,
      priority: ticket.priority,
      confidentiality: ticket.confidentiality,
    });
    return rule?.requiredSkills ?? [];
  }
}

/** What the queue says of its work: cost, seconds of an offer, longest wait and wrap-up. */
function weights({ settings }: TicketRow): number[] {
  return [
    settings.capacityCost ?? COST.ticket_task,
    settings.offerTimeoutSeconds ?? OFFER_SECONDS.ticket_task,
    settings.maxWaitSeconds ?? MAX_WAIT_SECONDS,
    settings.wrapUpSeconds ?? WRAP_UP_SECONDS.ticket_task,
  ];
}
