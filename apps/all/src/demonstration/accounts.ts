import { randomInt } from 'node:crypto';
import type { ClientBase } from 'pg';
import { v7 as uuid } from 'uuid';
import type { Actor } from '@app/domain/access';
import { DAY_MS, localParts } from '@app/domain/zone';
import { hashPassword } from '@app/features/identity/passwords';
import { asOwner } from '@app/db/reference/load';
import type { Person } from '../banner';
import { demonstrationPeople, type PersonPlan } from './people';

/** Without what is mistaken for something else when read aloud or copied by hand. */
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const PASSWORD_LENGTH = 16;

/** Somebody of the demonstration who can act. */
export interface CastMember {
  plan: PersonPlan;
  actor: Actor;
}

interface Prepared {
  person: Person;
  plan: PersonPlan;
  hash: string;
}

/** Accounts, memberships and skills of the demonstration; hubs and associations must be there. */
export async function createPeople(client: ClientBase, now: Date): Promise<{ people: Person[]; cast: CastMember[] }> {
  const prepared = await withPasswords();
  const cast = await castOf(client, prepared);
  await asOwner(client, async () => {
    await insertAccounts(client, prepared, cast, new Date(now.getTime() - 30 * DAY_MS));
    await insertMemberships(client, cast, now);
    await insertSkills(client, cast);
  });
  return { people: prepared.map(({ person }) => person), cast };
}

/** New passwords for all of them, when the old ones are lost. */
export async function renewPasswords(client: ClientBase): Promise<Person[]> {
  const prepared = await withPasswords();
  await asOwner(client, async () => {
    await client.query(
      `update account a set password_hash = x.hash from unnest($1::text[], $2::text[]) as x(email, hash) where a.email = x.email`,
      [prepared.map(({ plan }) => plan.email), prepared.map(({ hash }) => hash)],
    );
  });
  return prepared.map(({ person }) => person);
}

function withPasswords(): Promise<Prepared[]> {
  return Promise.all(
    demonstrationPeople().map(async (plan) => {
      const password = Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
      const { role, email, hub, name, note } = plan;
      return { plan, person: { role, email, password, hub, name, note }, hash: await hashPassword(password) };
    }),
  );
}

async function castOf(client: ClientBase, prepared: readonly Prepared[]): Promise<CastMember[]> {
  const hubs = await client.query<{ id: string; code: string; national: boolean }>(
    'select id, code, is_national as national from hub',
  );
  const associations = await client.query<{
    id: string;
    code: string;
    hubId: string;
    placeCode: string;
    nameFr: string;
    nameAr: string;
  }>(
    'select id, code, hub_id as "hubId", place_code as "placeCode", name_fr as "nameFr", name_ar as "nameAr" from association',
  );
  return prepared.map(({ plan }) => {
    const hub = hubs.rows.find((row) => row.code === plan.hub);
    const own = associations.rows.find((row) => row.code === plan.association);
    const actor: Actor = {
      accountId: uuid(),
      name: plan.name,
      role: plan.role,
      hubId: hub?.id ?? own?.hubId ?? null,
      hubIsNational: hub?.national ?? false,
      associationId: own?.id ?? null,
      association: own ? { placeCode: own.placeCode, nameFr: own.nameFr, nameAr: own.nameAr } : null,
      cleared: plan.cleared,
      locale: plan.locale,
    };
    return { plan, actor };
  });
}

async function insertAccounts(
  client: ClientBase,
  prepared: readonly Prepared[],
  cast: readonly CastMember[],
  at: Date,
): Promise<void> {
  const rows = prepared.map(({ plan, hash }, index) => ({
    id: cast[index].actor.accountId,
    email: plan.email,
    password_hash: hash,
    name: plan.name,
    locale: plan.locale,
  }));
  await client.query(
    `insert into account (id, email, password_hash, name, locale, created_at)
     select x.id, x.email, x.password_hash, x.name, x.locale, $2
     from jsonb_to_recordset($1::jsonb) as x(id uuid, email text, password_hash text, name text, locale text)`,
    [JSON.stringify(rows), at],
  );
}

async function insertMemberships(client: ClientBase, cast: readonly CastMember[], now: Date): Promise<void> {
  const rows = cast.map(({ plan, actor }) => ({
    id: uuid(),
    account_id: actor.accountId,
    kind: plan.association ? 'association' : plan.hub ? 'hub' : 'national',
    role: plan.role,
    hub_id: actor.hubId,
    association_id: actor.associationId,
    cleared: plan.cleared,
    since: plan.joinedDaysAgo ? localParts(new Date(now.getTime() - plan.joinedDaysAgo * DAY_MS)).date : '2025-09-01',
  }));
  await client.query(
    `insert into membership (id, account_id, kind, role, hub_id, association_id, cleared, valid)
     select x.id, x.account_id, x.kind, x.role, x.hub_id, x.association_id, x.cleared, daterange(x.since, null)
     from jsonb_to_recordset($1::jsonb) as x(id uuid, account_id uuid, kind text, role text, hub_id uuid, association_id uuid, cleared boolean, since date)`,
    [JSON.stringify(rows)],
  );
}

/** Who writes both languages knows the subjects best. */
async function insertSkills(client: ClientBase, cast: readonly CastMember[]): Promise<void> {
  const known = await client.query<{ code: string }>(`select code from skill where type = 'domain' order by code`);
  const domains = known.rows.map((row) => row.code);
  const rows = cast
    .filter(({ plan }) => plan.role === 'agent')
    .flatMap(({ plan, actor }) => {
      const codes: string[] = plan.languages.includes('ar') ? [...plan.languages, 'ary'] : [...plan.languages];
      const own = { account_id: actor.accountId, hub_id: actor.hubId };
      const subjects = plan.languages.length > 1 ? 3 : 2;
      return [
        ...codes.map((code) => ({ ...own, skill_code: code, level: 3 })),
        ...domains.map((code) => ({ ...own, skill_code: code, level: subjects })),
      ];
    });
  await client.query(
    `insert into agent_skill (account_id, hub_id, skill_code, level)
     select x.account_id, x.hub_id, x.skill_code, x.level
     from jsonb_to_recordset($1::jsonb) as x(account_id uuid, hub_id uuid, skill_code text, level int)`,
    [JSON.stringify(rows)],
  );
}
