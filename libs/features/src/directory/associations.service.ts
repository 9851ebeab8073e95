import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { completeMandate, datesInOrder } from '@app/domain/association';
import { asciiDigits, fold } from '@app/domain/folding';
import { maskIdentityNumbers } from '@app/domain/mask';
import type { AssociationSetting } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import type { AssociationView, MandateView, ReceiptView } from './association-view.dto';
import { readAssociation } from './associations.queries';
import { ReferenceData } from './reference-data';

/** What a file holds, as it may be written. */
export interface AssociationFields {
  nameFr: string;
  nameAr: string;
  placeCode: string;
  commune: string | null;
  setting: AssociationSetting | null;
  legalForm: string;
  foundedOn: string | null;
  domains: string[];
  tags: string[];
  receipts: ReceiptView[];
  mandate: MandateView;
  members: number | null;
  employees: number | null;
}
type Needed = 'nameFr' | 'nameAr' | 'placeCode';
export type NewAssociation = Pick<AssociationFields, Needed> & Partial<AssociationFields>;
export type AssociationChanges = Partial<AssociationFields> & { verified?: boolean };

const EMPTY: Omit<AssociationFields, Needed> = {
  commune: null,
  setting: null,
  legalForm: 'association',
  foundedOn: null,
  domains: [],
  tags: [],
  receipts: [],
  mandate: {},
  members: null,
  employees: null,
};
/** What an association declares of itself without the hub. */
const OF_MANAGER: readonly string[] = ['commune', 'setting', 'domains', 'tags', 'members', 'employees', 'mandate'];

@Injectable()
export class AssociationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /**
   * A new file, in the hub that answers for its place.
   * @throws Refusal `already_exists` when the hub has a file of the same names at the same place
   */
  create(actor: Actor, input: NewAssociation): Promise<AssociationView> {
    return this.db.run(actor, (tx) => this.add(tx, input));
  }

  /** The same inside another act, and in its transaction. */
  async add(tx: TenantTx, input: NewAssociation): Promise<AssociationView> {
    const fields = { ...EMPTY, ...cleaned(input) };
    const hubId = this.ownHub(tx, fields.placeCode);
    await refuseTwin(tx, fields);
    const id = uuid();
    await tx.query(
      'association-insert',
      `insert into association (id, hub_id, created_at, updated_at, folded, name_fr, name_ar, place_code, commune, setting, legal_form, founded_on,
         domains, tags, receipts, mandate, members, employees)
       values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [id, hubId, tx.now, ...values(fields)],
    );
    tx.emit({ type: 'association.created', hubId, associationId: id, entityVersion: 1, data: { associationId: id } });
    return readAssociation(tx, id);
  }

  /**
   * Changes the fields given, from the version read.
   * @throws Refusal `precondition_failed` when somebody changed it meanwhile, `forbidden` for fields that the role may not change
   */
  change(actor: Actor, id: string, expected: number, changes: AssociationChanges): Promise<AssociationView> {
    refuseFields(actor, changes);
    return this.db.run(actor, async (tx) => {
      const row = await readAssociation(tx, id, 'for update');
      checkVersion(row.version, expected);
      const given = cleaned(changes);
      const names = Object.keys(given) as (keyof AssociationChanges)[];
      const changed = names.filter((name) => !isDeepStrictEqual(given[name], row[name]));
      if (changed.length === 0) return row;
      const next = { ...row, ...given };
      if (changed.includes('placeCode')) this.ownHub(tx, next.placeCode);
      const renamed = changed.includes('nameFr') || changed.includes('nameAr');
      if (renamed || changed.includes('placeCode')) await refuseTwin(tx, next, id);
      await update(tx, next, changed.includes('verified'));
      if (renamed) await renameTickets(tx, next);
      tx.emit({
        type: 'association.changed',
        hubId: row.hubId,
        associationId: id,
        entityVersion: row.version + 1,
        data: { associationId: id, fields: changed },
      });
      return readAssociation(tx, id);
    });
  }

  /** The actor's hub, which has to be the one that answers for the place. */
  private ownHub(tx: TenantTx, placeCode: string): string {
    const { hubId } = this.reference.hubFor(placeCode, tx.now);
    if (hubId !== tx.actor.hubId) {
      throw Refusal.field('/placeCode', 'other_hub', 'Another hub answers for this place.');
    }
    return hubId;
  }
}

function refuseFields(actor: Actor, changes: AssociationChanges): void {
  const refused = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .filter((name) => !mayChange(actor, name));
  if (refused.length === 0) return;
  throw new Refusal(
    'forbidden',
    'Your role does not allow this.',
    refused.map((name) => ({ pointer: `/${name}`, code: 'forbidden', detail: 'Your role may not change this field.' })),
  );
}

function mayChange(actor: Actor, field: string): boolean {
  if (actor.role === 'manager') return OF_MANAGER.includes(field);
  return field !== 'verified' || actor.role === 'supervisor';
}

/** Given fields only, as they are stored: identity numbers masked, digits of receipts in one script, renewal computed. */
function cleaned<Given extends AssociationChanges>(input: Given): Given {
  const problems = datesInOrder(input);
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
  const masked = (text: string | null | undefined) => (text ? maskIdentityNumbers(text) : text);
  const all = {
    ...input,
    nameFr: masked(input.nameFr),
    nameAr: masked(input.nameAr),
    commune: masked(input.commune),
    receipts: input.receipts?.map((one) => ({ ...one, number: one.number && asciiDigits(one.number) })),
    mandate: input.mandate && { ...completeMandate(input.mandate) },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Given;
}

/** In the order of the statements below. */
function values(fields: AssociationFields): unknown[] {
  const { nameFr, nameAr, placeCode, commune, setting, legalForm, foundedOn, domains, tags, members, employees } =
    fields;
  const jsonb = [JSON.stringify(fields.receipts), JSON.stringify(fields.mandate)];
  const names = [foldedNames(fields), nameFr, nameAr];
  return [...names, placeCode, commune, setting, legalForm, foundedOn, domains, tags, ...jsonb, members, employees];
}

function foldedNames({ nameFr, nameAr }: Pick<AssociationFields, 'nameFr' | 'nameAr'>): string {
  return fold(`${nameFr} ${nameAr}`);
}

async function update(tx: TenantTx, next: AssociationView, verification: boolean): Promise<void> {
  await tx.query(
    'association-update',
    `update association set version = version + 1, updated_at = $2, folded = $3, name_fr = $4, name_ar = $5, place_code = $6, commune = $7, setting = $8,
       legal_form = $9, founded_on = $10, domains = $11, tags = $12, receipts = $13, mandate = $14, members = $15, employees = $16,
       verified_at = case when $17 then $18::timestamptz else verified_at end, verified_by = case when $17 then $19::uuid else verified_by end
     where id = $1`,
    [next.id, tx.now, ...values(next), verification, next.verified ? tx.now : null, next.verified ? tx.actorId : null],
  );
}

/** One at a time for the same names and place, so that two agents cannot both find none. */
async function refuseTwin(tx: TenantTx, file: AssociationFields, except: string | null = null): Promise<void> {
  const folded = foldedNames(file);
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`association:${file.placeCode}:${folded}`]);
  const [twin] = await tx.sql<{ id: string }>(
    'select id from association where hub_id = $1 and folded = $2 and place_code = $3 and id is distinct from $4::uuid limit 1',
    [tx.actor.hubId, folded, file.placeCode, except],
  );
  if (twin) throw new Refusal('already_exists', 'An association of the same names at the same place exists already.');
}

/** Tickets keep a copy of the names, so that lists join nothing. */
async function renameTickets(tx: TenantTx, { id, hubId, nameFr, nameAr }: AssociationView): Promise<void> {
  await tx.sql('update ticket set association_fr = $3, association_ar = $4 where association_id = $1 and hub_id = $2', [
    id,
    hubId,
    nameFr,
    nameAr,
  ]);
}
