import fc from 'fast-check';
import {
  holds,
  inScope,
  listScope,
  may,
  type Actor,
  PERMISSIONS,
  readLeavesTrace,
  type TicketAction,
  type TicketSubject,
} from './access';
import { ROLES, type Role } from './ticket';

// Few ids, so that matches and near misses both come up.
const hub = fc.constantFrom('hub-a', 'hub-b');
const association = fc.constantFrom('association-a', 'association-b');
const account = fc.constantFrom('account-1', 'account-2', 'account-3');
const role = fc.constantFrom<Role>(...ROLES);

const actors = fc
  .record({
    accountId: account,
    role,
    hubId: fc.option(hub),
    hubIsNational: fc.boolean(),
    associationId: fc.option(association),
    cleared: fc.boolean(),
  })
  .map((one): Actor => ({ ...one, name: 'X', association: null, locale: 'fr' }));
const tickets: fc.Arbitrary<TicketSubject> = fc.record({
  hubId: hub,
  associationId: fc.option(association),
  requesterAccountId: fc.option(account),
  assigneeId: fc.option(account),
  restricted: fc.boolean(),
  grant: fc.constantFrom('none' as const, 'read' as const, 'write' as const),
});
const actions = (Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[]).filter((one): one is TicketAction =>
  one.startsWith('tickets:'),
);
const RUNS = { numRuns: 5_000 };
const agent: Actor = {
  accountId: 'account-1',
  name: 'X',
  role: 'agent',
  hubId: 'hub-a',
  hubIsNational: false,
  associationId: null,
  association: null,
  cleared: false,
  locale: 'fr',
};
const ticket: TicketSubject = {
  hubId: 'hub-a',
  associationId: null,
  requesterAccountId: null,
  assigneeId: null,
  restricted: false,
  grant: 'none',
};

describe('one policy for a row and for a list', () => {
  it('reading one of the own rows is being in the own list', () => {
    fc.assert(
      fc.property(actors, tickets, (actor, one) => {
        const own = { ...one, grant: 'none' as const };
        expect(may(actor, 'tickets:read', own)).toBe(inScope(listScope(actor), own));
      }),
      RUNS,
    );
  });

  it('an expert reads exactly what is lent', () => {
    fc.assert(
      fc.property(actors, tickets, (one, lent) => {
        const actor: Actor = { ...one, role: 'expert' };
        expect(may(actor, 'tickets:read', lent)).toBe(lent.grant !== 'none');
        expect(inScope(listScope(actor), lent)).toBe(lent.grant !== 'none');
      }),
      RUNS,
    );
  });

  it('nobody is allowed anything on what may not be read', () => {
    fc.assert(
      fc.property(actors, tickets, fc.constantFrom(...actions), (actor, one, action) => {
        if (may(actor, action, one)) expect(may(actor, 'tickets:read', one)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('boundaries', () => {
  it('another hub sees nothing without a loan, another association never', () => {
    fc.assert(
      fc.property(actors, tickets, fc.constantFrom(...actions), (actor, one, action) => {
        if (actor.role === 'agent' || actor.role === 'supervisor') {
          if (one.hubId !== actor.hubId && one.grant === 'none') expect(may(actor, action, one)).toBe(false);
        }
        if (actor.role === 'member' || actor.role === 'manager') {
          const own = actor.associationId !== null && actor.associationId === one.associationId;
          if (!own) expect(may(actor, action, one)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('a member reads its own tickets only, its manager all of the association', () => {
    const of = (requester: string): TicketSubject => ({
      ...ticket,
      associationId: 'association-a',
      requesterAccountId: requester,
    });
    const member: Actor = { ...agent, role: 'member', associationId: 'association-a' };
    expect(may(member, 'tickets:read', of('account-1'))).toBe(true);
    expect(may(member, 'tickets:read', of('account-2'))).toBe(false);
    expect(may({ ...member, role: 'manager' }, 'tickets:read', of('account-2'))).toBe(true);
  });

  it('the coordinator has no ticket at all', () => {
    fc.assert(
      fc.property(actors, tickets, fc.constantFrom(...actions), (actor, one, action) => {
        expect(may({ ...actor, role: 'coordinator' }, action, one)).toBe(false);
      }),
    );
  });

  it('a restricted ticket is for supervisors, cleared agents and its assignee, lent or not', () => {
    fc.assert(
      fc.property(actors, tickets, (actor, one) => {
        const restricted = { ...one, restricted: true };
        const outside = actor.role === 'agent' && !actor.cleared && restricted.assigneeId !== actor.accountId;
        if (outside) expect(may(actor, 'tickets:read', restricted)).toBe(false);
      }),
      RUNS,
    );
    const secret = { ...ticket, restricted: true };
    expect(may(agent, 'tickets:read', secret)).toBe(false);
    expect(may({ ...agent, cleared: true }, 'tickets:read', secret)).toBe(true);
    expect(may({ ...agent, role: 'supervisor' }, 'tickets:read', secret)).toBe(true);
    expect(may(agent, 'tickets:read', { ...secret, assigneeId: agent.accountId })).toBe(true);
    expect(may(agent, 'tickets:read', { ...secret, hubId: 'hub-b', grant: 'write' })).toBe(false);
  });
});

describe('deny by default', () => {
  it('an unknown role holds nothing and sees nothing', () => {
    const stranger = { ...agent, role: 'auditor' as Role };
    expect(listScope(stranger)).toEqual({ kind: 'none' });
    for (const permission of Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[]) {
      expect(holds(stranger, permission)).toBe(false);
    }
    for (const action of actions) expect(may(stranger, action, { ...ticket, grant: 'write' })).toBe(false);
  });

  it('staff without a hub and members without an association have an empty list', () => {
    for (const one of ['agent', 'supervisor', 'member', 'manager'] as const) {
      const nowhere: Actor = { ...agent, role: one, hubId: null };
      expect(listScope(nowhere)).toEqual({ kind: 'none' });
      expect(may(nowhere, 'tickets:read', ticket)).toBe(false);
    }
  });

  it('a null association never equals a null association', () => {
    const orphan: Actor = { ...agent, role: 'manager', hubId: 'hub-a' };
    expect(may(orphan, 'tickets:read', ticket)).toBe(false);
  });
});

it('a loan for reading allows reading only, one for writing what the role may do', () => {
  fc.assert(
    fc.property(actors, tickets, fc.constantFrom(...actions), (one, other, action) => {
      const actor: Actor = { ...one, hubId: 'hub-a', cleared: true };
      const lent = { ...other, hubId: 'hub-b', associationId: null };
      const borrows = ['agent', 'supervisor', 'expert'].includes(actor.role);
      expect(may(actor, action, { ...lent, grant: 'read' })).toBe(
        borrows && action === 'tickets:read' && holds(actor, action),
      );
      expect(may(actor, action, { ...lent, grant: 'write' })).toBe(borrows && holds(actor, action));
    }),
    RUNS,
  );
});

it('reads by guests, by another hub and of restricted tickets leave a trace, the everyday ones none', () => {
  expect(readLeavesTrace(agent, ticket)).toBe(false);
  expect(readLeavesTrace(agent, { ...ticket, restricted: true })).toBe(true);
  expect(readLeavesTrace(agent, { ...ticket, hubId: 'hub-b', grant: 'write' })).toBe(true);
  expect(readLeavesTrace({ ...agent, role: 'expert' }, { ...ticket, grant: 'read' })).toBe(true);
  expect(readLeavesTrace({ ...agent, role: 'member' }, { ...ticket, restricted: true })).toBe(false);
});
