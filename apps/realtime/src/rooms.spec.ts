import fc from 'fast-check';
import { may, type Actor } from '@app/domain/access';
import { audienceOf, EVENTS, type EventType } from '@app/domain/events';
import { ROLES, type Role } from '@app/domain/ticket';
import { isStaff, roomsOf, roomsPoked, ticketStaffRoom, type PokedEvent } from './rooms';

const actor = (role: Role, more: Partial<Actor> = {}): Actor => ({
  accountId: 'me',
  name: 'Somebody',
  role,
  hubId: null,
  hubIsNational: false,
  associationId: null,
  association: null,
  cleared: false,
  locale: 'fr',
  ...more,
});

const ticket = (more: Partial<NonNullable<PokedEvent['ticket']>> = {}): NonNullable<PokedEvent['ticket']> => ({
  id: 't',
  hubId: 'h1',
  associationId: 'a1',
  requesterAccountId: 'asker',
  assigneeId: null,
  restricted: false,
  ...more,
});

const poked = (who: Actor, event: PokedEvent): boolean => {
  const rooms = new Set(roomsOf(who));
  return roomsPoked(event).some((room) => rooms.has(room));
};
const event = (type: EventType, of = ticket()): PokedEvent => ({ type, accountId: null, hubId: null, ticket: of });

const id = (prefix: string) => fc.constantFrom(`${prefix}1`, `${prefix}2`);
const actors = fc
  .record({
    role: fc.constantFrom(...ROLES),
    accountId: fc.constantFrom('me', 'asker', 'other'),
    hubId: fc.option(id('h')),
    associationId: fc.option(id('a')),
    cleared: fc.boolean(),
  })
  .map(({ role, ...more }) => actor(role, more));
const tickets = fc.record({
  id: fc.constant('t'),
  hubId: id('h'),
  associationId: fc.option(id('a')),
  requesterAccountId: fc.option(fc.constantFrom('me', 'asker', 'other')),
  assigneeId: fc.option(fc.constantFrom('me', 'other')),
  restricted: fc.boolean(),
});

describe('rooms', () => {
  it('poke exactly those who may read the ticket, and the association only about public events', () => {
    fc.assert(
      fc.property(actors, tickets, fc.constantFrom(...(Object.keys(EVENTS) as EventType[])), (who, of, type) => {
        const audience = audienceOf(type);
        fc.pre(audience === 'staff' || audience === 'public');
        const reads = may(who, 'tickets:read', { ...of, grant: 'none' });
        const expected = reads && (audience === 'public' || isStaff(who));
        expect(poked(who, event(type, of))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keep a restricted ticket from an agent who is not cleared, until it is his', () => {
    const agent = actor('agent', { hubId: 'h1' });
    expect(poked(agent, event('ticket.noted', ticket({ restricted: true })))).toBe(false);
    expect(poked(agent, event('ticket.noted', ticket({ restricted: true, assigneeId: 'me' })))).toBe(true);
    expect(
      poked({ ...agent, hubId: 'h2' }, event('ticket.noted', ticket({ restricted: true, assigneeId: 'me' }))),
    ).toBe(false);
  });

  it('do not follow an account from one of its associations to the other', () => {
    const member = actor('member', { accountId: 'asker', associationId: 'a2' });
    expect(poked(member, event('ticket.replied'))).toBe(false);
    expect(poked({ ...member, associationId: 'a1' }, event('ticket.replied'))).toBe(true);
  });

  it('poke an account about its own events only, and nobody about the log-only ones', () => {
    const notice: PokedEvent = { type: 'notification.created', accountId: 'me', hubId: null, ticket: ticket() };
    expect(roomsPoked(notice)).toEqual(['user:me']);
    expect(roomsPoked({ ...notice, accountId: null })).toEqual([]);
    expect(roomsPoked(event('ticket.read'))).toEqual([]);
    expect(roomsPoked({ type: 'ticket.created', accountId: null, hubId: null, ticket: null })).toEqual([]);
  });

  it('reach the lent ticket of an expert through its staff room only', () => {
    expect(roomsOf(actor('expert', { hubId: 'h1' }))).toEqual(['user:me']);
    expect(roomsPoked(event('ticket.noted'))).toContain(ticketStaffRoom('t'));
  });
});
