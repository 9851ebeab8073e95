import { v7 as uuid } from 'uuid';
import type { TenantTx } from '@app/db/tenant-db';
import { may } from '@app/domain/access';
import { fold } from '@app/domain/folding';
import { parsePhone } from '@app/domain/phone';
import { parseReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import type { NewTicket } from './ticket-draft';
import { findTicket } from './ticket-find';

/** Who asks, as far as it is known; all null for an anonymous caller. */
export interface Requester {
  accountId: string | null;
  contactId: string | null;
  name: string | null;
  associationId: string | null;
  associationFr: string | null;
  associationAr: string | null;
  placeCode: string | null;
  legalForm: string | null;
  followUpOf: string | null;
}

const NOBODY: Requester = {
  accountId: null,
  contactId: null,
  name: null,
  associationId: null,
  associationFr: null,
  associationAr: null,
  placeCode: null,
  legalForm: null,
  followUpOf: null,
};

/** The requester of a new ticket: the signed-in member, or the association and contact that the agent names. */
export async function resolveRequester(
  tx: TenantTx,
  input: NewTicket,
  contactHubId: string | null,
): Promise<Requester> {
  const followUpOf = input.followUpOf ? await earlierTicket(tx, input.followUpOf) : null;
  const { actor } = tx;
  if (actor.associationId) {
    return {
      ...NOBODY,
      accountId: actor.accountId,
      name: actor.name,
      associationId: actor.associationId,
      associationFr: actor.association?.nameFr ?? null,
      associationAr: actor.association?.nameAr ?? null,
      followUpOf,
    };
  }
  const association = input.associationId ? await associationOf(tx, input.associationId) : named(input);
  const contact = await contactOf(tx, input, contactHubId);
  return { ...NOBODY, ...association, ...contact, followUpOf };
}

/** A name without a file: shown as it was said, in both languages. */
function named({ associationName }: NewTicket): Partial<Requester> {
  return associationName ? { associationFr: associationName, associationAr: associationName } : {};
}

async function associationOf(tx: TenantTx, id: string): Promise<Partial<Requester>> {
  const [row] = await tx.query<Partial<Requester>>(
    'requester-association',
    `select id as "associationId", name_fr as "associationFr", name_ar as "associationAr", place_code as "placeCode", legal_form as "legalForm"
     from association where id = $1 and hub_id = $2`,
    [id, tx.actor.hubId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

async function contactOf(tx: TenantTx, input: NewTicket, hubId: string | null): Promise<Partial<Requester>> {
  if (input.contactId) {
    const [row] = await tx.query<Partial<Requester>>(
      'requester-contact',
      'select id as "contactId", name from contact where id = $1 and hub_id = $2',
      [input.contactId, tx.actor.hubId],
    );
    if (!row) throw new Refusal('not_found', 'Not found.');
    return row;
  }
  return input.contact ? newContact(tx, input, hubId) : {};
}

async function newContact(tx: TenantTx, input: NewTicket, hubId: string | null): Promise<Partial<Requester>> {
  const { name, phone, email, writtenLanguage } = input.contact!;
  const e164 = phone === undefined ? null : parsePhone(phone);
  if (phone !== undefined && !e164)
    throw Refusal.field('/contact/phone', 'phone_expected', 'This is not a telephone number.');
  const id = uuid();
  const owner = [hubId, input.associationId ?? null];
  await tx.sql(
    'insert into contact (id, hub_id, association_id, name, folded, written_language, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, ...owner, name, fold(name), writtenLanguage ?? null, tx.now],
  );
  if (e164) {
    await tx.sql(
      'insert into contact_phone (id, contact_id, hub_id, association_id, e164) values ($1, $2, $3, $4, $5)',
      [uuid(), id, ...owner, e164],
    );
  }
  if (email) {
    await tx.sql(
      'insert into contact_email (id, contact_id, hub_id, association_id, email) values ($1, $2, $3, $4, $5)',
      [uuid(), id, ...owner, email],
    );
  }
  tx.emit({
    type: 'contact.created',
    hubId,
    associationId: input.associationId ?? null,
    data: { contactId: id },
  });
  return { contactId: id, name };
}

/** Only a ticket that the actor may read is known. */
async function earlierTicket(tx: TenantTx, reference: string): Promise<string> {
  const parsed = parseReference(reference);
  const found = parsed && (await findTicket(tx, { column: 'reference', value: parsed.reference }, undefined));
  if (!found || !may(tx.actor, 'tickets:read', found.subject))
    throw Refusal.field('/followUpOf', 'unknown', 'This reference is not known.');
  return found.row.id;
}
