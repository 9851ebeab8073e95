import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { formatPhone, parsePhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { CursorSecret } from '@app/platform/cursor';
import type { ContactEmailView, ContactPage, ContactView } from './contact-view.dto';
import { directoryScope, namePatterns, NamePager } from './directory-search';

const PERSON = `c.id, c.hub_id as "hubId", c.association_id as "associationId", c.name, c.name_ar as "nameAr", c.role, c.role_state as "roleState",
  c.written_language as "writtenLanguage", c.spoken_language as "spokenLanguage", c.version,
  (select coalesce(jsonb_agg(jsonb_build_object('e164', p.e164, 'whatsapp', p.whatsapp, 'verified', p.verified_at is not null) order by p.id), '[]')
   from contact_phone p where p.contact_id = c.id) as phones,
  (select coalesce(jsonb_agg(jsonb_build_object('email', e.email, 'verified', e.verified_at is not null) order by e.id), '[]')
   from contact_email e where e.contact_id = c.id) as emails`;
const OWN = (hub: string, association: string) =>
  `(${hub}::uuid is null or c.hub_id = ${hub}) and (${association}::uuid is null or c.association_id = ${association})`;

interface ContactRow extends Omit<ContactView, 'phones' | 'emails'> {
  folded: string;
  phones: { e164: string; whatsapp: boolean; verified: boolean }[];
  emails: ContactEmailView[];
}

export interface ContactFilter {
  q?: string;
  phone?: string;
  email?: string;
  associationId?: string;
  limit: number;
  cursor?: string;
}

@Injectable()
export class ContactsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
  ) {}

  /** By name; all filters hold together. A telephone in any spelling gives everybody who shares it. */
  async list(actor: Actor, { q, phone, email, associationId, limit, cursor }: ContactFilter): Promise<ContactPage> {
    const scope = directoryScope(actor);
    const e164 = phone === undefined ? null : parsePhone(phone);
    if (phone !== undefined && !e164)
      throw Refusal.field('?phone', 'phone_expected', 'This is not a telephone number.');
    const pager = new NamePager(await this.secret.value(), 'contacts', actor, [q, e164, email, associationId]);
    const patterns = q === undefined ? null : namePatterns(q);
    const rows = await this.db.run(actor, (tx) =>
      tx.query<ContactRow>(
        'contact-list',
        `select ${PERSON}, c.folded from contact c
         where ${OWN('$1', '$2')}
           and ($3::text[] is null or (c.folded like all ($3) and cardinality($3) > 0))
           and ($4::text is null or exists (select from contact_phone p where p.contact_id = c.id and p.e164 = $4))
           and ($5::text is null or exists (select from contact_email e where e.contact_id = c.id and lower(e.email) = lower($5)))
           and ($6::uuid is null or c.association_id = $6)
           and ($7::text is null or (c.folded, c.id) > ($7, $8::uuid))
         order by c.folded, c.id limit $9`,
        [
          scope.hubId,
          scope.associationId,
          patterns,
          e164,
          email ?? null,
          associationId ?? null,
          ...pager.after(cursor),
          limit + 1,
        ],
      ),
    );
    const { items, nextCursor } = pager.page(rows, limit);
    return { items: items.map(withDisplay), nextCursor };
  }

  find(actor: Actor, id: string): Promise<ContactView> {
    return this.db.run(actor, (tx) => readContact(tx, id));
  }
}

/**
 * One contact that the actor may see.
 * @throws Refusal `not_found`
 */
export async function readContact(tx: TenantTx, id: string, lock: '' | 'for update' = ''): Promise<ContactView> {
  const { hubId, associationId } = directoryScope(tx.actor);
  const [row] = await tx.query<Omit<ContactRow, 'folded'>>(
    `contact-read${lock}`,
    `select ${PERSON} from contact c where c.id = $1 and ${OWN('$2', '$3')} ${lock}`,
    [id, hubId, associationId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return withDisplay(row);
}

function withDisplay(row: Omit<ContactRow, 'folded'>): ContactView {
  return { ...row, phones: row.phones.map((phone) => ({ ...phone, display: formatPhone(phone.e164) })) };
}
