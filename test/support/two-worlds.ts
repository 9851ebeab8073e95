import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { TestApp } from './app';
import type { TestPerson } from './world';

export const CODES = ['FM', 'MS'] as const;
export type HubCode = (typeof CODES)[number];
const PLACE = { FM: 'MA-FES', MS: 'MA-MAR' };

export interface Person extends TestPerson {
  name: string;
  cleared: boolean;
}

/** What a test ticket is like: everything that decides who sees it. */
export interface Recipe {
  hub: HubCode;
  by: 'member' | 'second' | 'agent' | 'anonymous' | 'elsewhere';
  restricted: boolean;
  national: boolean;
  loan: 'none' | 'read' | 'write' | 'expired';
}

export interface Made extends Recipe {
  id: string;
  reference: string;
  hubId: string;
  /** Of one ticket only: found by it, or not at all. */
  word: string;
  phone: string;
  associationId: string | null;
  requesterId: string | null;
}

export interface Side {
  code: HubCode;
  hubId: string;
  associationId: string;
  member: Person;
  second: Person;
  manager: Person;
  agent: Person;
  cleared: Person;
  supervisor: Person;
  expert: Person;
}

const recipes: fc.Arbitrary<Recipe> = fc.record({
  hub: fc.constantFrom(...CODES),
  by: fc.constantFrom('member', 'second', 'agent', 'anonymous', 'elsewhere'),
  restricted: fc.boolean(),
  national: fc.boolean(),
  loan: fc.constantFrom('none', 'read', 'write', 'expired'),
});

/** The corners, and as many more as chance gives. */
export function recipesOf(seed: number): Recipe[] {
  const plain = { restricted: false, national: false, loan: 'none' as const };
  const corners = CODES.flatMap((hub): Recipe[] => [
    { hub, by: 'member', ...plain },
    { hub, by: 'second', ...plain, loan: 'read' },
    { hub, by: 'agent', ...plain, restricted: true },
    { hub, by: 'anonymous', ...plain, national: true },
    { hub, by: 'elsewhere', ...plain },
    { hub, by: 'agent', ...plain, restricted: true, national: true, loan: 'write' },
    { hub, by: 'member', ...plain, loan: 'expired' },
  ]);
  return [...corners, ...fc.sample(recipes, { seed, numRuns: 6 })];
}

/** Two hubs with people of every role, and those of the national hub. */
export async function makeSide(t: TestApp, code: HubCode): Promise<Side> {
  const associationId = await t.world.association(code, PLACE[code]);
  const named = (name: string, person: TestPerson, cleared = false): Person => ({
    ...person,
    name: `${name} ${code}`,
    cleared,
  });
  return {
    code,
    hubId: t.world.hubs[code],
    associationId,
    member: named('member', await t.world.person(associationId, 'member')),
    second: named('second', await t.world.person(associationId, 'member')),
    manager: named('manager', await t.world.person(associationId, 'manager')),
    // Without a written language the dispatcher leaves every ticket where it is.
    agent: named('agent', await t.world.staff(code, 'agent', [])),
    cleared: named('cleared', await t.world.staff(code, 'agent', [], true), true),
    supervisor: named('supervisor', await t.world.staff(code, 'supervisor', [])),
    expert: named('expert', await t.world.staff(code, 'expert', [])),
  };
}

let made = 0;

/** Asks through the API as the recipe says; loans have no route yet and are written. */
export async function makeTicket(t: TestApp, recipe: Recipe, sides: Record<HubCode, Side>): Promise<Made> {
  const side = sides[recipe.hub];
  const other = sides[recipe.hub === 'FM' ? 'MS' : 'FM'];
  const word = `zq${String((made += 1)).padStart(3, '0')}mot`;
  const phone = `06${String(10_000_000 + made)}`;
  const staff = { confidentiality: recipe.restricted ? 'restricted' : 'normal', placeCode: PLACE[recipe.hub] };
  const [asker, body] = {
    member: [side.member, {}],
    second: [side.second, {}],
    agent: [side.agent, { ...staff, associationId: side.associationId, contact: { name: 'Hicham', phone } }],
    anonymous: [side.agent, staff],
    elsewhere: [other.agent, staff],
  }[recipe.by] as [Person, object];
  const { body: view } = await t
    .ask(asker, { subject: `Question ${word}`, body: `Rappelez le ${phone}.`, ...body })
    .expect(201);
  const byMember = recipe.by === 'member' || recipe.by === 'second';
  if (recipe.national) {
    await t
      .as(side.supervisor, 'post', `/tickets/${view.id}/escalations`)
      .set('if-match', `"v${view.version}"`)
      .send({ to: 'national', reason: 'complexity' })
      .expect(201);
  }
  if (recipe.loan !== 'none') await lend(t, view.id, side, recipe.loan);
  return {
    ...recipe,
    restricted: recipe.restricted && !byMember,
    id: view.id,
    reference: view.reference,
    hubId: side.hubId,
    word,
    phone,
    associationId: byMember || recipe.by === 'agent' ? side.associationId : null,
    requesterId: byMember ? asker.accountId : null,
  };
}

async function lend(t: TestApp, ticketId: string, side: Side, loan: 'read' | 'write' | 'expired'): Promise<void> {
  await t.world.client.query(
    `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, can_write, granted_at, expires_at)
     values ($1, $2, $3, $4, 'account', 'consultation', $5, now() - interval '2 hours', now() + $6::interval)`,
    [uuid(), ticketId, side.hubId, side.expert.accountId, loan !== 'read', loan === 'expired' ? '-1 hour' : '1 hour'],
  );
}

/** Whether a ticket is in one's own lists: the rule written a second time, from the words of the product. */
export function lists(person: Person, ticket: Made, expert: Person): boolean {
  switch (person.role) {
    case 'member':
      return ticket.requesterId === person.accountId;
    case 'manager':
      return ticket.associationId === person.associationId;
    case 'agent':
      return ticket.hubId === person.hubId && (!ticket.restricted || person.cleared);
    case 'supervisor':
      return ticket.hubId === person.hubId;
    case 'expert':
      return expert.accountId === person.accountId && (ticket.loan === 'read' || ticket.loan === 'write');
    default:
      return false;
  }
}

/** Whether it is lent to the person's hub. */
export function borrows(person: Person, ticket: Made, nationalHubId: string): boolean {
  const staff = person.role === 'supervisor' || (person.role === 'agent' && (!ticket.restricted || person.cleared));
  return staff && ticket.national && person.hubId === nationalHubId;
}
