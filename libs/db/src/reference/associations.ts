import { fold } from '@app/domain/folding';
import { ASSOCIATION_SETTINGS, LOCALES, ROLE_STATES } from '@app/domain/person';
import type { ClientBase } from 'pg';
import { v7 as uuid } from 'uuid';
import { localParts } from '@app/domain/zone';
import type { Mandate, Receipt } from '../entities/association.entity';
import { Entry, uniqueCodes } from './entry';
import { insertMissing, knownValues } from './insert';
import { asOwner } from './load';
import { readPlaces } from './places';

interface ContactRow {
  name: string;
  name_ar: string | null;
  folded: string;
  role: string;
  role_state: string;
  written_language: string;
  spoken_language: string | null;
  phone: string | null;
  whatsapp: boolean;
  email: string | null;
}

const RECEIPT_STATES = ['none', 'provisional', 'silence', 'final', 'refused'] as const;
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * Loads the demonstration associations and their contacts that are missing, by code. Each one belongs to the hub that
 * answers for its place on the local day of `now`. Conditions and errors as loadReference, which must have run before.
 */
export async function loadAssociations(client: ClientBase, dir: string, now: Date): Promise<void> {
  const associations = readAssociations(dir);
  await asOwner(client, async () => {
    const known = await knownValues(client, 'association', 'code');
    const missing = associations.filter(({ row }) => !known.has(row.code));
    const hubs = await answeringHubs(client, [...new Set(missing.map(({ row }) => row.place_code))], now);
    const rows = missing.map(({ row, verified, contacts }) => {
      const hub_id = hubs.get(row.place_code);
      const dates = { verified_at: verified ? now : null, created_at: now, updated_at: now };
      return { row: { id: uuid(), hub_id, ...row, ...dates, version: 1 }, contacts };
    });
    await insertMissing(
      client,
      'association',
      ['code'],
      rows.map(({ row }) => row),
    );
    await insertContacts(
      client,
      rows.flatMap(({ row, contacts }) =>
        contacts.map((contact) => ({
          id: uuid(),
          hub_id: row.hub_id,
          association_id: row.id,
          created_at: now,
          ...contact,
        })),
      ),
    );
  });
}

async function answeringHubs(client: ClientBase, places: string[], now: Date): Promise<Map<string, string>> {
  const { rows } = await client.query<{ place: string; hub: string }>(
    'select place, answering_hub(place, $2::date) as hub from unnest($1::text[]) as place',
    [places, localParts(now).date],
  );
  return new Map(rows.map(({ place, hub }) => [place, hub]));
}

type NewContact = ContactRow & { id: string; hub_id: string | undefined; association_id: string; created_at: Date };

async function insertContacts(client: ClientBase, contacts: NewContact[]): Promise<void> {
  await insertMissing(
    client,
    'contact',
    ['id'],
    contacts.map(({ phone: _p, whatsapp: _w, email: _e, ...row }) => ({ ...row, version: 1 })),
  );
  const link = (one: NewContact) => ({
    id: uuid(),
    contact_id: one.id,
    hub_id: one.hub_id,
    association_id: one.association_id,
  });
  await insertMissing(
    client,
    'contact_phone',
    ['id'],
    contacts
      .filter(({ phone }) => phone !== null)
      .map((one) => ({ ...link(one), e164: one.phone, whatsapp: one.whatsapp })),
  );
  await insertMissing(
    client,
    'contact_email',
    ['id'],
    contacts.filter(({ email }) => email !== null).map((one) => ({ ...link(one), email: one.email })),
  );
}

/** The demonstration associations, checked. Throws ReferenceProblem. */
export function readAssociations(dir: string) {
  const file = Entry.ofFile(dir, 'associations.json');
  const entries = file.entries('associations', 'code');
  uniqueCodes(entries, 'code');
  const places = new Set(readPlaces(dir).map((place) => place.code));
  const listed = (list: string) => uniqueCodes(file.each(list), 'code');
  const [domains, tags, roles] = [listed('domains'), listed('tags'), listed('roles')];
  return entries.map((entry) => {
    const names = { name_fr: entry.text('name_fr'), name_ar: entry.text('name_ar') };
    const row = {
      code: entry.text('code'),
      ...names,
      folded: fold(`${names.name_fr} ${names.name_ar}`),
      place_code: entry.known('province', places, 'place'),
      setting: entry.oneOf('setting', ASSOCIATION_SETTINGS),
      legal_form: entry.text('legal_form'),
      founded_on: entry.dayOrNull('founded_on'),
      domains: entry.manyKnown('domains', domains, 'domain'),
      tags: entry.manyKnown('tags', tags, 'tag'),
      receipts: receiptsOf(entry.inside('receipt')),
      mandate: mandateOf(entry.inside('mandate')),
      members: entry.count('members'),
      employees: entry.count('employees'),
      demonstration: entry.flag('demonstration'),
    };
    return {
      row,
      verified: entry.flag('verified'),
      contacts: entry.each('contacts').map((one) => contactOf(one, roles)),
    };
  });
}

function receiptsOf(entry: Entry): Receipt[] {
  const state = entry.oneOf('state', RECEIPT_STATES);
  if (state === 'none') return [];
  return [
    {
      state,
      provisionalOn: entry.dayOrNull('provisional_on'),
      finalOn: entry.dayOrNull('final_on'),
      number: entry.textOrNull('number'),
      authorityType: entry.textOrNull('authority_type'),
    },
  ];
}

function mandateOf(entry: Entry): Mandate {
  return {
    years: entry.count('years', 1),
    lastAssemblyOn: entry.day('last_assembly_on'),
    nextRenewalOn: entry.day('next_renewal_on'),
  };
}

function contactOf(entry: Entry, roles: ReadonlySet<string>): ContactRow {
  const names = { name: entry.text('name_fr'), name_ar: entry.textOrNull('name_ar') };
  return {
    ...names,
    folded: fold(`${names.name} ${names.name_ar ?? ''}`),
    role: entry.known('role', roles, 'role'),
    role_state: entry.oneOf('role_state', ROLE_STATES),
    written_language: entry.oneOf('written_language', LOCALES),
    spoken_language: entry.textOrNull('spoken_language'),
    phone: entry.get('phone') === null ? null : entry.matching('phone', PHONE, 'a number such as +212612345678'),
    whatsapp: entry.flag('whatsapp'),
    email: entry.textOrNull('email'),
  };
}
