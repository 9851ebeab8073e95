import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { may, type Actor } from '@app/domain/access';
import type { Language } from '@app/domain/language';
import { maskIdentityNumbers } from '@app/domain/mask';
import { Refusal } from '@app/domain/refusal';
import type { ReplyOutcome } from '@app/domain/ticket-status';
import { localParts } from '@app/domain/zone';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import { checkNotStale, replyAs } from '../tickets/reply-writes';
import { actOn, refuseMerged, type Act } from '../tickets/ticket-access';
import { findTicket } from '../tickets/ticket-find';
import { TicketWrite } from '../tickets/ticket-write';
import { VALIDATION_COLUMNS, validationView, type ValidationRow } from './validation-rows';
import type { ValidationView } from './validation-view.dto';

const DAY_MS = 86_400_000;
/** An expert sees the ticket for so long. */
const LOAN_DAYS = 7;

export interface NewValidation {
  body: string;
  language?: Language;
  outcome?: ReplyOutcome;
  seenMessageId?: string;
  /** An expert or colleague; any colleague when left out. */
  validatorId?: string;
}

const LOCK = `select ${VALIDATION_COLUMNS} from validation v where v.id = $1 for update`;
const STANDING = `select ${VALIDATION_COLUMNS} from validation v where v.ticket_id = $1 and v.state = 'waiting' for update`;
const NUMBERS = (first: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ');

/**
 * A draft waits for somebody else's word. What is approved is the text that was read: a changed draft is a new request, and the approval
 * itself sends it, once, as its author's reply.
 */
@Injectable()
export class ValidationsService {
  constructor(
    readonly db: TenantDb,
    readonly reference: ReferenceData,
  ) {}

  /** Asks for a verdict; an own request that still waits is replaced. */
  async ask(actor: Actor, ticket: string, input: NewValidation): Promise<ValidationView> {
    if (input.validatorId === actor.accountId) {
      throw new Refusal('own_validation', 'Nobody validates their own answer.');
    }
    const validator = input.validatorId ? await this.validator(actor, input.validatorId) : null;
    return actOn(this, actor, ticket, 'tickets:reply', async (act) => {
      const { tx, found, write } = act;
      if (found.as === 'guest' || found.row.hubId !== actor.hubId) {
        throw new Refusal('forbidden', 'Only the hub of the ticket asks for a verdict.');
      }
      checkNotStale(act, input);
      const [standing] = await tx.query<ValidationRow>('validation-standing', STANDING, [found.row.id]);
      if (standing) await replace(act, standing);
      const row = add(act, input, validator);
      await write.commit();
      return validationView(row, write.row, this.reference.current);
    });
  }

  /** The author, or a supervisor, takes a request back. */
  withdraw(actor: Actor, ticket: string, id: string): Promise<ValidationView> {
    return actOn(this, actor, ticket, 'tickets:reply', async (act) => {
      const [row] = await act.tx.query<ValidationRow>('validation-lock', LOCK, [id]);
      if (!row || row.ticketId !== act.found.row.id || act.found.as === 'guest')
        throw new Refusal('not_found', 'Not found.');
      if (row.state !== 'waiting') throw new Refusal('already_decided', 'This request is decided.');
      await replace(act, row);
      await act.write.commit();
      const done = { ...row, state: 'withdrawn' as const, decidedAt: act.tx.now, version: row.version + 1 };
      return validationView(done, act.write.row, this.reference.current);
    });
  }

  /** Approves what was read; the answer leaves with it, once, in the name of its author. */
  approve(actor: Actor, id: string, expected: number, force: boolean): Promise<ValidationView> {
    return this.decide(actor, id, expected, (act, row) => {
      refuseMerged(act.found);
      if (act.found.row.status === 'closed') throw new Refusal('status_not_allowed', 'This ticket is closed.');
      act.write.emit('validation.approved', { validationId: id, authorId: row.authorId });
      const { body, outcome, language, seenMessageId } = row;
      const input = {
        kind: 'reply' as const,
        body,
        outcome,
        force,
        language: language ?? undefined,
        seenMessageId: seenMessageId ?? undefined,
      };
      const message = replyAs(act, this.reference, input, { id: row.authorId, name: row.authorName });
      return { ...row, state: 'approved', messageId: message.id };
    });
  }

  /** Sends it back to its author, with remarks. */
  refuse(actor: Actor, id: string, expected: number, remarks: string): Promise<ValidationView> {
    return this.decide(actor, id, expected, (act, row) => {
      act.write.emit('validation.refused', { validationId: id, authorId: row.authorId });
      return { ...row, state: 'refused', remarks: maskIdentityNumbers(remarks) };
    });
  }

  /** Runs beyond the rows of an expert, after it is clear that the verdict is theirs to give. */
  private decide(
    actor: Actor,
    id: string,
    expected: number,
    verdict: (act: Act, row: ValidationRow) => ValidationRow,
  ): Promise<ValidationView> {
    return this.db.run(
      actor,
      async (tx) => {
        const { act, row } = await this.lock(tx, id);
        if (row.authorId === actor.accountId) throw new Refusal('own_validation', 'Nobody validates their own answer.');
        if (row.state !== 'waiting') throw new Refusal('already_decided', 'This request is decided.');
        checkVersion(row.version, expected);
        const decided = verdict(act, row);
        const done = {
          ...decided,
          decidedBy: tx.actorId,
          decidedByName: actor.name,
          decidedAt: tx.now,
          version: row.version + 1,
        };
        end(act, done);
        await act.write.commit();
        return validationView(done, act.write.row, this.reference.current);
      },
      { as: 'system' },
    );
  }

  private async lock(tx: TenantTx, id: string): Promise<{ act: Act; row: ValidationRow }> {
    const absent = new Refusal('not_found', 'Not found.');
    const [seen] = await tx.query<ValidationRow>('validation-of', LOCK.replace(' for update', ''), [id]);
    if (!seen) throw absent;
    const found = await findTicket(tx, { column: 'id', value: seen.ticketId }, 'system', 'lock');
    const mine = seen.validatorId === tx.actor.accountId;
    if (!found || !may(tx.actor, 'tickets:read', { ...found.subject, grant: mine ? 'read' : 'none' })) throw absent;
    const supervises = tx.actor.role === 'supervisor';
    if (seen.validatorId && !mine && !supervises) throw new Refusal('forbidden', 'Somebody else was asked.');
    const [row] = await tx.query<ValidationRow>('validation-lock', LOCK, [id]);
    tx.notBefore(found.row.updatedAt);
    return { row, act: { tx, found, write: new TicketWrite(tx, found, this.reference) } };
  }

  /** An expert of this hub or of one that it may consult, or a colleague. */
  private async validator(actor: Actor, id: string): Promise<{ id: string; expert: boolean }> {
    const [person] = await this.db.system((tx) =>
      tx.query<{ id: string; expert: boolean }>(
        'validation-validator',
        `select m.account_id as id, bool_and(m.role = 'expert') as expert from membership m join account a on a.id = m.account_id and a.status = 'active'
         where m.account_id = $1 and m.valid @> $3::date and (
           m.hub_id = $2 and m.role in ('agent', 'supervisor', 'expert')
           or m.role = 'expert' and m.hub_id in (select to_hub_id from hub_agreement where from_hub_id = $2 and 'consultation' = any (what) and valid @> $3::date
             union select h.id from hub h where h.is_national)) group by 1`,
        [id, actor.hubId, localParts(tx.now).date],
      ),
    );
    if (!person) throw new Refusal('not_found', 'Not found.');
    return person;
  }
}

/** Ahead of the statement that may add the next one: both would stand at once in a single one. */
async function replace({ tx, write }: Act, row: ValidationRow): Promise<void> {
  if (row.authorId !== tx.actorId && tx.actor.role !== 'supervisor') {
    throw new Refusal('already_exists', 'A draft of somebody else waits for its verdict.');
  }
  await tx.query(
    'validation-withdraw',
    `update validation set state = 'withdrawn', decided_by = $1, decided_at = $2, version = version + 1 where id = $3`,
    [tx.actorId, tx.now, row.id],
  );
  endLoan(write, row, tx.now);
  write.emit('validation.withdrawn', { validationId: row.id });
}

function add(
  { tx, write }: Act,
  input: NewValidation,
  validator: { id: string; expert: boolean } | null,
): ValidationRow {
  const { id: ticketId, hubId, associationId } = write.row;
  const id = uuid();
  const grantId = validator?.expert ? uuid() : null;
  if (grantId) {
    write.add(
      'grant_added',
      (
        n,
      ) => `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, granted_by, granted_at, expires_at, grantee_kind, reason, can_write)
        values (${NUMBERS(n, 7)}, 'account', 'consultation', false)`,
      [grantId, ticketId, hubId, validator!.id, tx.actorId, tx.now, new Date(tx.now.getTime() + LOAN_DAYS * DAY_MS)],
    );
  }
  const row: ValidationRow = {
    ...{
      id,
      ticketId,
      hubId,
      authorId: tx.actorId!,
      authorName: tx.actor.name,
      validatorId: validator?.id ?? null,
      grantId,
    },
    body: maskIdentityNumbers(input.body),
    language: input.language ?? null,
    outcome: input.outcome ?? 'answered',
    seenMessageId: input.seenMessageId ?? null,
    ...{ state: 'waiting', requestedAt: tx.now, decidedBy: null, decidedByName: null, decidedAt: null },
    ...{ remarks: null, messageId: null, version: 1 },
  };
  write.add(
    'validation_added',
    (
      n,
    ) => `insert into validation (id, ticket_id, hub_id, association_id, author_id, author_name, validator_id, grant_id, body, language, outcome,
        seen_message_id, requested_at, state) values (${NUMBERS(n, 13)}, 'waiting')`,
    [
      id,
      ticketId,
      hubId,
      associationId,
      row.authorId,
      row.authorName,
      row.validatorId,
      grantId,
      row.body,
      row.language,
      row.outcome,
      row.seenMessageId,
      tx.now,
    ],
  );
  write.emit('validation.asked', { validationId: id, validatorId: row.validatorId, authorId: row.authorId });
  return row;
}

function end({ tx, write }: Act, row: ValidationRow): void {
  write.add(
    'validation_decided',
    (
      n,
    ) => `update validation set state = $${n}, decided_by = $${n + 1}, decided_by_name = $${n + 2}, decided_at = $${n + 3}, remarks = $${n + 4},
        message_id = $${n + 5}, version = version + 1 where id = $${n + 6}`,
    [row.state, row.decidedBy, row.decidedByName, row.decidedAt, row.remarks, row.messageId, row.id],
  );
  endLoan(write, row, tx.now);
}

function endLoan(write: TicketWrite, { grantId }: ValidationRow, at: Date): void {
  if (!grantId) return;
  write.add(
    'loan_ended',
    (n) =>
      `update ticket_grant set expires_at = least(coalesce(expires_at, 'infinity'), $${n}::timestamptz) where id = $${n + 1}`,
    [at, grantId],
  );
}
