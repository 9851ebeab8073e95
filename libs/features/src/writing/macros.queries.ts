import { Inject, Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { MacroKind } from '@app/domain/hub';
import { longDate } from '@app/domain/long-date';
import { fillText, type MacroAction } from '@app/domain/macro';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { REOPEN_DAYS } from '@app/domain/ticket-status';
import { DAY_MS } from '@app/domain/zone';
import { Clock } from '@app/platform/clock';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { ReferenceData } from '../directory/reference-data';
import type { TicketRow } from '../tickets/ticket-row';
import { TicketsQueries } from '../tickets/tickets.queries';
import { MACRO_COLUMNS } from './macros.service';
import type { MacroPreview, MacroView } from './writing-view.dto';

export interface PreviewInput {
  language?: Locale;
  /** What the agent typed for variables that the ticket does not know; it wins over the ticket. */
  values?: Record<string, string>;
}

@Injectable()
export class MacrosQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly tickets: TicketsQueries,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What the actor's hub uses: its own texts, and the programme's that it has no copy of. `all`: those put aside too. */
  list(actor: Actor, { kind, all }: { kind?: MacroKind; all: boolean }): Promise<MacroView[]> {
    return this.db.run(actor, (tx) =>
      tx.last<MacroView>(
        'macros-list',
        `select * from (
           select distinct on (code) ${MACRO_COLUMNS} from macro where hub_id is null or hub_id = $1 order by code, hub_id nulls last) m
         where ($2::text is null or kind = $2) and (active or $3) order by code limit 1000`,
        [actor.hubId, kind ?? null, all],
      ),
    );
  }

  find(actor: Actor, id: string): Promise<MacroView> {
    return this.db.run(actor, async (tx) => {
      const [macro] = await tx.query<MacroView>(
        'macro-find',
        `select ${MACRO_COLUMNS} from macro where id = $1 and (hub_id is null or hub_id = $2)`,
        [id, actor.hubId],
      );
      if (!macro) throw new Refusal('not_found', 'Not found.');
      return macro;
    });
  }

  /** The text as it would be inserted, with what it lacks, and what the actions would change. */
  async preview(actor: Actor, ticket: string, macroId: string, input: PreviewInput): Promise<MacroPreview> {
    const macro = await this.find(actor, macroId);
    if (!macro.active) throw new Refusal('not_found', 'Not found.');
    const row = await this.tickets.read(actor, ticket, 'last', (_, found) => Promise.resolve(found.row));
    const language = input.language ?? row.answerLanguage;
    const values = { ...this.valuesOf(row, actor, language), ...input.values };
    const subject = language === 'ar' ? macro.subjectAr : macro.subjectFr;
    const text = fillText(language === 'ar' ? macro.bodyAr : macro.bodyFr, values);
    const title = subject === null ? null : fillText(subject, values);
    const missing = [...new Set([...(title?.missing ?? []), ...text.missing])];
    return {
      macroId,
      language,
      direction: language === 'ar' ? 'rtl' : 'ltr',
      subject: title && title.text,
      text: text.text,
      missing,
      ready: missing.length === 0,
      actions: macro.actions.map((action) => ({ ...action, changes: changes(action, row, actor) })),
      needsValidation: macro.needsValidation,
    };
  }

  /** What the ticket knows of itself; the rest is typed. */
  private valuesOf(row: TicketRow, actor: Actor, language: Locale): Record<string, string | null> {
    const hub = this.reference.hub(row.hubId);
    const until = new Date((row.closedAt ?? this.clock.now()).getTime() + REOPEN_DAYS * DAY_MS);
    return {
      'agent.name': actor.name,
      'association.name': (language === 'ar' ? row.associationAr : row.associationFr) ?? null,
      'contact.name': row.requesterName,
      'hub.name': language === 'ar' ? hub.nameAr : hub.nameFr,
      'hub.phone': hub.phone,
      'promise.due': row.nextDueAt && longDate(row.nextDueAt, language),
      'reopen.until': longDate(until, language),
      'ticket.link': `${this.config.publicUrl}/${language}/r/${row.reference}`,
      'ticket.question': row.subject,
      'ticket.reference': row.reference,
    };
  }
}

function changes({ type, value }: MacroAction, row: TicketRow, actor: Actor): boolean {
  if (type === 'status') return row.status !== value;
  if (type === 'priority') return row.priority !== value;
  if (type === 'confidentiality') return row.confidentiality !== value;
  if (type === 'tag') return !row.tags.includes(String(value));
  if (type === 'assign') return row.assigneeId !== (value === 'me' ? actor.accountId : null);
  return false;
}
