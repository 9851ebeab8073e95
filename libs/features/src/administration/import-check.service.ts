import { Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { CONTACT_ROLES } from '@app/domain/association';
import { asciiDigits, fold } from '@app/domain/folding';
import { parsePhone } from '@app/domain/phone';
import { isDay } from '@app/platform/fields';
import { AssociationsQueries } from '../directory/associations.queries';
import type { NewAssociation } from '../directory/associations.service';
import type { NewContact } from '../directory/contacts.service';
import { ReferenceData } from '../directory/reference-data';
import { valuesIn, type ImportValues, type Mapping } from './import-columns';
import type { Sheet } from './import-table';
import type { ImportProblem, ImportRowView } from './import-view.dto';

/** A row with what would be written of it; null where it cannot be. */
export interface CheckedRow {
  view: ImportRowView;
  association: NewAssociation | null;
  contact: NewContact | null;
}

const LONGEST_NAME = 300;

/** Looks a list through, row by row, against itself and the hub's directory. */
@Injectable()
export class ImportCheck {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly queries: AssociationsQueries,
  ) {}

  async rows(actor: Actor, sheet: Sheet, mapping: Mapping): Promise<CheckedRow[]> {
    const seen = new Map<string, number>();
    const now = await this.db.run(actor, (tx) => Promise.resolve(tx.now));
    const checked = sheet.rows.map((cells, index) => this.row(actor, valuesIn(cells, mapping), index + 2, seen, now));
    const sound = checked.filter(({ view }) => view.problems.length === 0);
    const alike = await this.queries.duplicatesOfAll(
      actor,
      sound.map(({ values }) => questionOf(values)),
    );
    sound.forEach(({ view }, at) => {
      view.duplicates = alike[at];
      view.undecided = view.sameAs !== null || view.duplicates.length > 0;
    });
    return checked;
  }

  private row(
    actor: Actor,
    values: ImportValues,
    row: number,
    seen: Map<string, number>,
    now: Date,
  ): CheckedRow & { values: ImportValues } {
    const placeCode = this.placeOf(actor, values.place);
    const problems = [...problemsIn(values), ...this.placeProblem(actor, placeCode, now)];
    const view: ImportRowView = {
      row,
      values: Object.entries(values).flatMap(([field, value]) =>
        value ? [{ field: field as keyof ImportValues, value }] : [],
      ),
      problems,
      duplicates: [],
      sameAs: earlierRow(values, row, seen),
      undecided: false,
    };
    if (problems.length > 0) return { view, values, association: null, contact: null };
    return { view, values, association: associationOf(values, placeCode!), contact: contactOf(values) };
  }

  /** A code, or a name in either language; without one the seat of the hub. Null for one that is not known. */
  private placeOf(actor: Actor, text: string): string | null {
    const { places } = this.reference.current;
    if (text === '') return this.reference.hub(actor.hubId!).seatCode;
    if (places.has(text.toUpperCase())) return text.toUpperCase();
    const wanted = fold(text);
    return [...places.values()].find((one) => [fold(one.nameFr), fold(one.nameAr)].includes(wanted))?.code ?? null;
  }

  private placeProblem(actor: Actor, code: string | null, now: Date): ImportProblem[] {
    if (code === null) return [{ field: 'place', code: 'unknown' }];
    return this.reference.hubFor(code, now).hubId === actor.hubId ? [] : [{ field: 'place', code: 'other_hub' }];
  }
}

function problemsIn(values: ImportValues): ImportProblem[] {
  const { nameFr, nameAr, phone, email, receiptOn, contactName } = values;
  const wrong: [boolean, ImportProblem][] = [
    [!nameFr && !nameAr, { field: 'nameFr', code: 'required' }],
    [Math.max(nameFr.length, nameAr.length) > LONGEST_NAME, { field: 'nameFr', code: 'too_long' }],
    [phone !== '' && !parsePhone(phone), { field: 'phone', code: 'phone_expected' }],
    [email !== '' && !isEmail(email), { field: 'email', code: 'email_expected' }],
    [receiptOn !== '' && !isDay(receiptOn), { field: 'receiptOn', code: 'invalid_date' }],
    [contactName.length > 200, { field: 'contactName', code: 'too_long' }],
  ];
  return wrong.flatMap(([is, problem]) => (is ? [problem] : []));
}

/** The first row with the same name, telephone or receipt. */
function earlierRow(
  { nameFr, nameAr, phone, receipt }: ImportValues,
  row: number,
  seen: Map<string, number>,
): number | null {
  const keys = [
    nameFr && `fr ${fold(nameFr)}`,
    nameAr && `ar ${fold(nameAr)}`,
    phone && `phone ${parsePhone(phone) ?? phone}`,
    receipt && `receipt ${asciiDigits(receipt).replace(/[^0-9]/g, '')}`,
  ].filter(Boolean);
  const found = keys.map((key) => seen.get(key)).filter((one) => one !== undefined);
  for (const key of keys) if (!seen.has(key)) seen.set(key, row);
  return found.length > 0 ? Math.min(...found) : null;
}

function questionOf({ nameFr, nameAr, phone, receipt }: ImportValues): {
  name: string;
  phone?: string;
  receipt?: string;
} {
  return { name: nameFr || nameAr, ...(phone ? { phone } : {}), ...(receipt ? { receipt } : {}) };
}

function associationOf(
  { nameFr, nameAr, commune, receipt, receiptOn }: ImportValues,
  placeCode: string,
): NewAssociation {
  const number = receipt.slice(0, 60);
  const receipts = number
    ? [{ state: 'final' as const, provisionalOn: null, finalOn: receiptOn || null, number, authorityType: null }]
    : [];
  return {
    nameFr: nameFr || nameAr,
    nameAr: nameAr || nameFr,
    placeCode,
    commune: commune.slice(0, 120) || null,
    receipts,
  };
}

/** Nobody without a name, a number or an address. */
function contactOf({ contactName, contactRole, phone, email, nameFr, nameAr }: ImportValues): NewContact | null {
  if (!contactName && !phone && !email) return null;
  const role = CONTACT_ROLES.find((one) => one === fold(contactRole)) ?? null;
  return { name: contactName || nameFr || nameAr, role, phones: phone ? [phone] : [], emails: email ? [email] : [] };
}
