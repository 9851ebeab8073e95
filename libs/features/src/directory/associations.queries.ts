import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { parsePhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { CursorSecret } from '@app/platform/cursor';
import type {
  AssociationCandidate,
  AssociationItem,
  AssociationMemberView,
  AssociationPage,
  AssociationView,
} from './association-view.dto';
import { directoryScope, namePatterns, NamePager, numberDigits } from './directory-search';
import { ReferenceData } from './reference-data';

const ITEM = `a.id, a.hub_id as "hubId", a.name_fr as "nameFr", a.name_ar as "nameAr", a.place_code as "placeCode", a.commune, a.setting,
  a.legal_form as "legalForm", a.domains, a.tags, a.verified_at is not null as verified, a.demonstration, a.version`;
const FILE = `${ITEM}, a.founded_on::text as "foundedOn", a.receipts, a.mandate, a.members, a.employees, a.verified_at as "verifiedAt",
  a.created_at as "createdAt", a.updated_at as "updatedAt"`;
const RECEIPT_LIKE = (digits: string) => `exists (select from jsonb_array_elements(a.receipts) r
  where regexp_replace(r ->> 'number', '[^0-9]', '', 'g') like '%' || ${digits} || '%')`;
const PHONE_IS = (e164: string) =>
  `exists (select from contact_phone p where p.association_id = a.id and p.e164 = ${e164})`;
const OWN = (hub: string, association: string) =>
  `(${hub}::uuid is null or a.hub_id = ${hub}) and (${association}::uuid is null or a.id = ${association})`;
const MAX_CANDIDATES = 20;
const DUPLICATES = `
  select x.at, d.* from jsonb_to_recordset($3) as x(at int, patterns text[], e164 text, digits text)
  cross join lateral (
    select * from (
      select ${ITEM}, array_remove(array[
          case when a.folded like all (x.patterns) and cardinality(x.patterns) > 0 then 'name' end,
          case when ${PHONE_IS('x.e164')} then 'phone' end,
          case when ${RECEIPT_LIKE('x.digits')} then 'receipt' end], null) as reasons
      from association a where ${OWN('$1', '$2')}) c
    where cardinality(reasons) > 0 order by cardinality(reasons) desc, "nameFr", id limit ${MAX_CANDIDATES}) d
  order by x.at, cardinality(d.reasons) desc, d."nameFr", d.id`;

export interface AssociationFilter {
  q?: string;
  placeCode?: string;
  limit: number;
  cursor?: string;
}

export interface DuplicateQuestion {
  name?: string;
  phone?: string;
  receipt?: string;
}

@Injectable()
export class AssociationsQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly secret: CursorSecret,
    private readonly reference: ReferenceData,
  ) {}

  /** By name; the words of `q` may be parts of either name, or a receipt's number, or a whole telephone number. */
  async list(actor: Actor, filter: AssociationFilter): Promise<AssociationPage> {
    const scope = directoryScope(actor);
    const { q, placeCode, limit, cursor } = filter;
    if (placeCode !== undefined && !this.reference.current.places.has(placeCode)) {
      throw Refusal.field('?placeCode', 'unknown', 'This place is not known.');
    }
    const pager = new NamePager(await this.secret.value(), 'associations', actor, [q, placeCode]);
    const [afterName, afterId] = pager.after(cursor);
    const rows = await this.db.run(actor, (tx) =>
      tx.query<AssociationItem & { folded: string }>(
        'association-list',
        `select ${ITEM}, a.folded from association a
         where ${OWN('$1', '$2')}
           and ($3::text[] is null or (a.folded like all ($3) and cardinality($3) > 0) or ${RECEIPT_LIKE('$4::text')} or ${PHONE_IS('$5')})
           and ($6::text is null or a.place_code in (select code from place where code = $6 or parent_code = $6))
           and ($7::text is null or (a.folded, a.id) > ($7, $8::uuid))
         order by a.folded, a.id limit $9`,
        [scope.hubId, scope.associationId, ...searched(q), placeCode ?? null, afterName, afterId, limit + 1],
      ),
    );
    return pager.page(rows, limit);
  }

  find(actor: Actor, id: string): Promise<AssociationView> {
    return this.db.run(actor, (tx) => readAssociation(tx, id));
  }

  /** Those who act for it in Sanad, with their mandates; for its manager and the hub's staff. */
  members(actor: Actor, id: string): Promise<AssociationMemberView[]> {
    if (actor.role === 'member') throw new Refusal('forbidden', 'Your role does not allow this.');
    return this.db.run(actor, async (tx) => {
      await readAssociation(tx, id);
      return tx.query<AssociationMemberView>(
        'association-members',
        `select m.account_id as "accountId", p.name, m.role, lower(m.valid)::text as "from", upper(m.valid)::text as "to", m.valid @> $2::date as current
         from membership m join account p on p.id = m.account_id
         where m.association_id = $1 order by m.valid @> $2::date desc, m.role, p.name, m.id`,
        [id, localParts(tx.now).date],
      );
    });
  }

  /** Files of the hub that may be the same association, the most alike first. */
  async duplicates(actor: Actor, question: DuplicateQuestion): Promise<AssociationCandidate[]> {
    if (question.phone !== undefined && !parsePhone(question.phone)) {
      throw Refusal.field('?phone', 'phone_expected', 'This is not a telephone number.');
    }
    const [found] = await this.duplicatesOfAll(actor, [question]);
    return found;
  }

  /** The same for many at once, in their order; numbers that are none count for nothing. */
  async duplicatesOfAll(actor: Actor, questions: readonly DuplicateQuestion[]): Promise<AssociationCandidate[][]> {
    const { hubId, associationId } = directoryScope(actor);
    const asked = questions.map(({ name, phone, receipt }, at) => ({
      at,
      patterns: name === undefined ? [] : namePatterns(name),
      e164: phone === undefined ? null : parsePhone(phone),
      digits: receipt === undefined ? null : numberDigits(receipt),
    }));
    const rows = await this.db.run(actor, (tx) =>
      tx.query<AssociationCandidate & { at: number }>('association-duplicates', DUPLICATES, [
        hubId,
        associationId,
        JSON.stringify(asked),
      ]),
    );
    const found: AssociationCandidate[][] = questions.map(() => []);
    for (const { at, ...candidate } of rows) found[at].push(candidate);
    return found;
  }
}

/** Name patterns, digits of a receipt and telephone of a search text; all null when there is none. */
function searched(q: string | undefined): [string[] | null, string | null, string | null] {
  return q === undefined ? [null, null, null] : [namePatterns(q), numberDigits(q), parsePhone(q)];
}

/**
 * One file that the actor may see.
 * @throws Refusal `not_found`
 */
export async function readAssociation(
  tx: TenantTx,
  id: string,
  lock: '' | 'for update' = '',
): Promise<AssociationView> {
  const { hubId, associationId } = directoryScope(tx.actor);
  const [row] = await tx.query<AssociationView>(
    `association-read${lock}`,
    `select ${FILE} from association a where a.id = $1 and ${OWN('$2', '$3')} ${lock}`,
    [id, hubId, associationId],
  );
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}
