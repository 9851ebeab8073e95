import type { INestApplicationContext } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { AnswerLanguage } from '@app/domain/language';
import type { Level } from '@app/domain/ticket';
import { ValidationsService } from '@app/features/collaboration/validations.service';
import { idempotentRequest } from '@app/features/tickets/idempotency';
import { MessagesService } from '@app/features/tickets/messages.service';
import type { NewMessage } from '@app/features/tickets/reply-writes';
import { TicketsService } from '@app/features/tickets/tickets.service';
import type { CastMember } from './accounts';
import { answerText, ASK_BACK, FOLLOW_UPS, LAST_WORD, NOTES, OUT_OF_SCOPE } from './answers';
import type { Deed } from './courses';

interface Ticket {
  id: string;
  hubId: string;
  associationId: string | null;
  assigneeId: string | null;
  answerLanguage: AnswerLanguage;
  categoryCode: string;
  level: Level;
  needsValidation: boolean;
  version: number;
}

/** Does with a ticket what its course says, as the person who would do it. */
export class Deeds {
  private readonly db: TenantDb;
  private readonly tickets: TicketsService;
  private readonly messages: MessagesService;
  private readonly validations: ValidationsService;
  private count = 0;

  constructor(
    app: INestApplicationContext,
    private readonly cast: readonly CastMember[],
  ) {
    this.db = app.get(TenantDb);
    this.tickets = app.get(TicketsService);
    this.messages = app.get(MessagesService);
    this.validations = app.get(ValidationsService, { strict: false });
  }

  async perform(key: string, ticketId: string, deed: Deed): Promise<void> {
    this.count += 1;
    const ticket = await this.read(ticketId);
    switch (deed.do) {
      case 'reply':
        return this.post(key, this.answerer(ticket), ticket, {
          kind: 'reply',
          outcome: deed.outcome,
          body: wording(deed.text, ticket),
        });
      case 'follow_up':
        return this.followUp(key, ticket);
      case 'note':
        return this.note(key, ticket);
      case 'status':
        return done(this.tickets.setStatus(this.staff(ticket), ticket.id, deed.to, deed.reason, ticket.version));
      case 'settled': {
        const actor = this.manager(ticket) ?? this.staff(ticket);
        return done(this.tickets.setStatus(actor, ticket.id, 'resolved', null, ticket.version));
      }
      case 'escalate':
        return done(this.tickets.escalate(this.staff(ticket), ticket.id, deed.to, deed.reason, ticket.version));
      case 'put_back':
        return done(this.tickets.assign(this.supervisor(ticket.hubId), ticket.id, null, ticket.version));
    }
  }

  private async read(id: string): Promise<Ticket> {
    const [row] = await this.db.system((tx) =>
      tx.query<Ticket>(
        'demonstration-ticket',
        `select id, hub_id as "hubId", association_id as "associationId", assignee_id as "assigneeId", answer_language as "answerLanguage",
           category_code as "categoryCode", level, needs_validation as "needsValidation", version from ticket where id = $1`,
        [id],
      ),
    );
    return row;
  }

  /** The association writes again; one without an account is called back instead. */
  private followUp(key: string, ticket: Ticket): Promise<void> {
    const manager = this.manager(ticket);
    if (!manager) return this.note(key, ticket);
    return this.post(key, manager, ticket, { kind: 'reply', body: this.turn(FOLLOW_UPS)[ticket.answerLanguage] });
  }

  private note(key: string, ticket: Ticket): Promise<void> {
    const author = this.staff(ticket);
    return this.post(key, author, ticket, { kind: 'note', body: this.turn(NOTES)[author.locale] });
  }

  private async post(key: string, actor: Actor, ticket: Ticket, message: NewMessage): Promise<void> {
    if (message.kind === 'reply' && ticket.needsValidation && this.mustAsk(actor, ticket)) {
      return this.validated(actor, ticket, message);
    }
    const request = idempotentRequest(`demonstration-${key}`, 'demonstration', key);
    await this.messages.post(actor, ticket.id, message, request);
  }

  /** An expert's word and the national level's need no second reader; nor does the association. */
  private mustAsk(actor: Actor, ticket: Ticket): boolean {
    return (actor.role === 'agent' || actor.role === 'supervisor') && actor.hubId === ticket.hubId;
  }

  /** A colleague reads the answer before it leaves. */
  private async validated(author: Actor, ticket: Ticket, { body, outcome }: NewMessage): Promise<void> {
    const reads = ({ actor, plan }: CastMember): boolean =>
      actor.hubId === ticket.hubId &&
      actor.accountId !== author.accountId &&
      (plan.role === 'supervisor' || (plan.cleared && plan.role === 'agent'));
    const reader = this.find(reads) ?? author;
    const { id, version } = await this.validations.ask(author, ticket.id, { body, outcome });
    await this.validations.approve(reader, id, version, false);
  }

  private turn<T>(list: readonly T[]): T {
    return list[this.count % list.length];
  }

  /** Whoever has the ticket; at the national level its supervisor. */
  private answerer(ticket: Ticket): Actor {
    if (ticket.level === 'national')
      return this.find(({ plan, actor }) => plan.role === 'supervisor' && actor.hubIsNational)!;
    return this.find(({ actor }) => actor.accountId === ticket.assigneeId) ?? this.supervisor(ticket.hubId);
  }

  private staff(ticket: Ticket): Actor {
    const { assigneeId, hubId } = ticket;
    const worker = this.find(({ plan, actor }) => actor.accountId === assigneeId && plan.role !== 'expert');
    return worker ?? this.supervisor(hubId);
  }

  private supervisor(hubId: string): Actor {
    return this.find(({ plan, actor }) => plan.role === 'supervisor' && actor.hubId === hubId)!;
  }

  private manager(ticket: Ticket): Actor | null {
    if (!ticket.associationId) return null;
    return this.find(({ plan, actor }) => plan.role === 'manager' && actor.associationId === ticket.associationId);
  }

  private find(fits: (member: CastMember) => boolean): Actor | null {
    return this.cast.find(fits)?.actor ?? null;
  }
}

function wording(text: Extract<Deed, { do: 'reply' }>['text'], { answerLanguage, categoryCode }: Ticket): string {
  switch (text) {
    case 'answer':
      return answerText(categoryCode, answerLanguage);
    case 'ask_back':
      return ASK_BACK[answerLanguage];
    case 'last_word':
      return LAST_WORD[answerLanguage];
    case 'out_of_scope':
      return OUT_OF_SCOPE[answerLanguage];
  }
}

const done = async (work: Promise<unknown>): Promise<void> => void (await work);
