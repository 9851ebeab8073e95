import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { fold } from '@app/domain/folding';
import { maskIdentityNumbers } from '@app/domain/mask';
import type { Locale, RoleState } from '@app/domain/person';
import { parsePhone } from '@app/domain/phone';
import { type FieldProblem, Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import type { ContactView } from './contact-view.dto';
import { readContact } from './contacts.queries';

interface PersonFields {
  associationId: string | null;
  name: string;
  nameAr: string | null;
  role: string | null;
  roleState: RoleState;
  writtenLanguage: Locale | null;
  spokenLanguage: string | null;
}

export interface ContactChanges extends Partial<PersonFields> {
  /** In any spelling; the whole list. */
  phones?: string[];
  /** Those of the telephones that have WhatsApp; without it, numbers keep what was known of them. */
  whatsapp?: string[];
  emails?: string[];
}
export type NewContact = ContactChanges & { name: string };

interface Phone {
  e164: string;
  whatsapp: boolean;
}
/** What a change may touch, in one shape for what is there and what is wanted. */
interface Wanted extends PersonFields {
  phones: Phone[];
  emails: string[];
}

const NOBODY: Wanted = {
  associationId: null,
  name: '',
  nameAr: null,
  role: null,
  roleState: 'claimed',
  writtenLanguage: null,
  spokenLanguage: null,
  phones: [],
  emails: [],
};

@Injectable()
export class ContactsService {
  constructor(private readonly db: TenantDb) {}

  /** A new contact of the actor's hub. */
  create(actor: Actor, input: NewContact): Promise<ContactView> {
    return this.db.run(actor, (tx) => this.add(tx, input));
  }

  /** The same inside another act, and in its transaction. */
  async add(tx: TenantTx, input: NewContact): Promise<ContactView> {
    const wanted = merged(NOBODY, input);
    await checkAssociation(tx, wanted.associationId);
    const id = uuid();
    await tx.query(
      'contact-insert',
      `insert into contact (id, hub_id, created_at, association_id, name, name_ar, folded, role, role_state, written_language, spoken_language)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, tx.actor.hubId, tx.now, ...values(wanted)],
    );
    await writeAddresses(tx, id, NOBODY, wanted);
    const { hubId, associationId } = { hubId: tx.actor.hubId, associationId: wanted.associationId };
    tx.emit({ type: 'contact.created', hubId, associationId, entityVersion: 1, data: { contactId: id } });
    return readContact(tx, id);
  }

  /**
   * Changes the fields given, from the version read; lists are replaced as a whole.
   * @throws Refusal `precondition_failed` when somebody changed it meanwhile
   */
  change(actor: Actor, id: string, expected: number, changes: ContactChanges): Promise<ContactView> {
    return this.db.run(actor, async (tx) => {
      const row = await readContact(tx, id, 'for update');
      checkVersion(row.version, expected);
      const present: Wanted = { ...row, emails: row.emails.map((one) => one.email.toLowerCase()) };
      present.phones = row.phones.map(({ e164, whatsapp }) => ({ e164, whatsapp }));
      const wanted = merged(present, changes);
      const fields = Object.keys(NOBODY) as (keyof Wanted)[];
      const changed = fields.filter((field) => !isDeepStrictEqual(unordered(present[field]), unordered(wanted[field])));
      if (changed.length === 0) return row;
      if (changed.includes('associationId')) await checkAssociation(tx, wanted.associationId);
      await tx.query(
        'contact-update',
        `update contact set version = version + 1, association_id = $2, name = $3, name_ar = $4, folded = $5, role = $6, role_state = $7,
           written_language = $8, spoken_language = $9 where id = $1`,
        [id, ...values(wanted)],
      );
      await writeAddresses(tx, id, present, wanted);
      const { hubId } = row;
      const data = { contactId: id, fields: changed };
      const { associationId } = wanted;
      tx.emit({ type: 'contact.changed', hubId, associationId, entityVersion: row.version + 1, data });
      return readContact(tx, id);
    });
  }
}

/** Telephones and addresses have no order. */
function unordered(value: unknown): unknown {
  return Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value;
}

/** In the order of the statements above. */
function values(one: Wanted): unknown[] {
  const folded = fold(`${one.name} ${one.nameAr ?? ''}`);
  const names = [one.associationId, one.name, one.nameAr, folded];
  return [...names, one.role, one.roleState, one.writtenLanguage, one.spokenLanguage];
}

/** What is there with the changes over it. */
function merged(present: Wanted, changes: ContactChanges): Wanted {
  const { phones, whatsapp, emails, ...rest } = changes;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const person: PersonFields = { ...present, ...(Object.fromEntries(given) as Partial<PersonFields>) };
  const numbers = phones && parsed(phones, '/phones', 'phone_expected', parsePhone);
  const reachable = whatsapp && parsed(whatsapp, '/whatsapp', 'phone_expected', parsePhone);
  const known = new Set(present.phones.filter((one) => one.whatsapp).map((one) => one.e164));
  const all = numbers ?? present.phones.map((one) => one.e164);
  const stray = reachable?.findIndex((one) => !all.includes(one)) ?? -1;
  if (stray >= 0) throw Refusal.field(`/whatsapp/${stray}`, 'unknown', 'This number is not among the telephones.');
  return {
    ...person,
    name: maskIdentityNumbers(person.name),
    nameAr: person.nameAr && maskIdentityNumbers(person.nameAr),
    phones: all.map((e164) => ({ e164, whatsapp: reachable?.includes(e164) ?? known.has(e164) })),
    emails: emails ? parsed(emails, '/emails', 'email_expected', parseEmail) : present.emails,
  };
}

/** Each text read, once each; refuses all that cannot be read, by their places in the list. */
function parsed(
  texts: readonly string[],
  pointer: string,
  code: string,
  parse: (text: string) => string | null,
): string[] {
  const read = texts.map(parse);
  const problems: FieldProblem[] = read.flatMap((value, i) =>
    value === null ? [{ pointer: `${pointer}/${i}`, code, detail: 'This cannot be read.' }] : [],
  );
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
  return [...new Set(read as string[])];
}

function parseEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return isEmail(email) ? email : null;
}

async function checkAssociation(tx: TenantTx, id: string | null): Promise<void> {
  if (id === null) return;
  const [found] = await tx.query('contact-association', 'select 1 from association where id = $1 and hub_id = $2', [
    id,
    tx.actor.hubId,
  ]);
  if (!found) throw Refusal.field('/associationId', 'unknown', 'This association is not known.');
}

/** Numbers and addresses that stay keep their rows, and so what was verified about them. */
async function writeAddresses(tx: TenantTx, id: string, before: Wanted, { associationId, phones, emails }: Wanted) {
  const owner = [id, tx.actor.hubId, associationId];
  const numbers = phones.map((one) => one.e164);
  const gone =
    before.phones.some((one) => !numbers.includes(one.e164)) || !before.emails.every((one) => emails.includes(one));
  if (gone) {
    await tx.sql('delete from contact_phone where contact_id = $1 and e164 <> all ($2)', [id, numbers]);
    await tx.sql('delete from contact_email where contact_id = $1 and lower(email) <> all ($2)', [id, emails]);
  }
  if (before.associationId !== associationId) {
    await tx.sql('update contact_email set association_id = $2 where contact_id = $1', [id, associationId]);
    await tx.sql('update contact_phone set association_id = $2 where contact_id = $1', [id, associationId]);
  }
  await tx.sql(
    `insert into contact_phone (id, contact_id, hub_id, association_id, e164, whatsapp)
     select x.id, $1, $2, $3, x.e164, x.whatsapp from unnest($4::uuid[], $5::text[], $6::boolean[]) x (id, e164, whatsapp)
     on conflict (contact_id, e164) do update set whatsapp = excluded.whatsapp`,
    [...owner, numbers.map(() => uuid()), numbers, phones.map((one) => one.whatsapp)],
  );
  await tx.sql(
    `insert into contact_email (id, contact_id, hub_id, association_id, email)
     select x.id, $1, $2, $3, x.email from unnest($4::uuid[], $5::text[]) x (id, email)
     on conflict (contact_id, lower(email)) do nothing`,
    [...owner, emails.map(() => uuid()), emails],
  );
}
