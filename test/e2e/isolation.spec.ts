import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatReference } from '@app/domain/reference';
import { TestApp } from '../support/app';
import { listen, watch, type Listener } from '../support/sockets';
import {
  borrows,
  CODES,
  lists,
  makeSide,
  makeTicket,
  recipesOf,
  type HubCode,
  type Made,
  type Person,
  type Side,
} from '../support/two-worlds';

const SEED = Number(process.env.ISOLATION_SEED ?? Date.now() % 1_000_000);
let t: TestApp;
let sides: Record<HubCode, Side>;
let national: { agent: Person; cleared: Person; supervisor: Person; expert: Person };
let coordinator: Person;
let tickets: Made[];
let people: Person[];

beforeAll(async () => {
  console.info(`isolation: ISOLATION_SEED=${SEED}`);
  t = await TestApp.start();
  sides = { FM: await makeSide(t, 'FM'), MS: await makeSide(t, 'MS') };
  const nt = async (role: 'agent' | 'supervisor' | 'expert', cleared = false): Promise<Person> => ({
    ...(await t.world.staff('NT', role, [], cleared)),
    name: `national ${role}`,
    cleared,
  });
  national = {
    agent: await nt('agent'),
    cleared: await nt('agent', true),
    supervisor: await nt('supervisor'),
    expert: await nt('expert'),
  };
  coordinator = { ...(await t.world.coordinator()), name: 'coordinator', cleared: false };
  people = [
    ...CODES.flatMap((code) => {
      const { member, second, manager, agent, cleared, supervisor, expert } = sides[code];
      return [member, second, manager, agent, cleared, supervisor, expert];
    }),
    ...Object.values(national),
  ];
  tickets = [];
  for (const recipe of recipesOf(SEED)) tickets.push(await makeTicket(t, recipe, sides));
  await settled();
}, 90_000);
afterAll(() => t?.stop());

const ownList = (person: Person, ticket: Made): boolean => lists(person, ticket, sides[ticket.hub].expert);
const lent = (person: Person, ticket: Made): boolean => borrows(person, ticket, t.world.hubs.NT);
const reads = (person: Person, ticket: Made): boolean => ownList(person, ticket) || lent(person, ticket);
const idsOf = (some: { id: string }[]): string[] => some.map((one) => one.id).sort();
const list = async (person: Person, query: Record<string, string> = {}): Promise<string[]> =>
  idsOf(
    (
      await t
        .as(person, 'get', '/tickets')
        .query({ limit: 100, ...query })
        .expect(200)
    ).body.items,
  );
const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await t.world.client.query(sql, values)).rows;

/** The background has done its work, so that what changes afterwards was changed by a request. */
async function settled(): Promise<void> {
  await t.until(async () => (await rows('select 1 from outbox where done_at is null limit 1')).length === 0);
}

/** One number for all that a request could write. */
async function fingerprint(): Promise<string> {
  const tables = [
    'ticket',
    'message',
    'escalation',
    'ticket_grant',
    // Who has a ticket in hand is timed in the background, from the log.
    `(select * from sla_clock where metric <> 'holding')`,
    'sla_pause',
    'contact',
    'contact_phone',
    'contact_email',
    'association',
  ];
  const parts = tables.map(
    (table) => `select md5(coalesce(string_agg(x::text, '' order by x::text), '')) as h from ${table} x`,
  );
  parts.push(
    `select md5(coalesce(string_agg(x::text, '' order by x.id), '')) as h from event x where type not in ('ticket.read', 'clock.warned', 'clock.breached')
      and data ->> 'metric' is distinct from 'holding'`,
  );
  return (await rows(`select string_agg(h, ',') as all from (${parts.join(' union all ')}) y`))[0].all as string;
}

it('the sample has tickets on both sides of every line', () => {
  for (const person of people.filter((one) => one !== national.expert && one !== national.agent)) {
    expect(tickets.some((ticket) => reads(person, ticket))).toBe(true);
    expect(tickets.some((ticket) => !reads(person, ticket))).toBe(true);
  }
});

describe('reading', () => {
  it('lists hold exactly what is one’s own, and loans exactly what is lent', async () => {
    for (const person of people) {
      expect({ who: person.name, ids: await list(person) }).toEqual({
        who: person.name,
        ids: idsOf(tickets.filter((ticket) => ownList(person, ticket))),
      });
      const staff = person.role === 'agent' || person.role === 'supervisor';
      const loans = tickets.filter((ticket) =>
        staff ? lent(person, ticket) : person.role === 'expert' && ownList(person, ticket),
      );
      expect({ who: person.name, ids: await list(person, { granted: 'true' }) }).toEqual({
        who: person.name,
        ids: idsOf(loans),
      });
    }
  });

  it('no filter reaches beyond', async () => {
    for (const person of people) {
      const own = new Set(tickets.filter((ticket) => reads(person, ticket)).map((ticket) => ticket.id));
      for (const side of Object.values(sides)) {
        for (const query of [
          { hubId: side.hubId },
          { associationId: side.associationId },
          { assignee: side.agent.accountId },
        ] as Record<string, string>[]) {
          expect((await list(person, query)).filter((id) => !own.has(id))).toEqual([]);
        }
      }
    }
  });

  it('search finds by word, telephone and reference exactly what lists hold', async () => {
    for (const person of people) {
      for (const ticket of tickets) {
        const expected = ownList(person, ticket) ? [ticket.id] : [];
        for (const q of [ticket.word, ticket.phone, ticket.reference]) {
          expect({ who: person.name, q, ids: await list(person, { q }) }).toEqual({
            who: person.name,
            q,
            ids: expected,
          });
        }
      }
    }
  }, 90_000);

  it('what may not be read does not exist, byte for byte', async () => {
    const bare = (text: string, id: string): string => text.replaceAll(id, '<id>');
    const absent = randomUUID();
    for (const person of people) {
      const missing = async (id: string, what: string): Promise<string> => {
        const answer = await t.as(person, 'get', `/tickets/${id}${what}`).expect(404);
        const { date: _, 'x-request-id': __, ...headers } = answer.headers;
        return bare(JSON.stringify([headers, answer.text]), id);
      };
      for (const ticket of tickets) {
        for (const what of ['', '/messages', '/events']) {
          if (reads(person, ticket)) await t.as(person, 'get', `/tickets/${ticket.id}${what}`).expect(200);
          else expect(await missing(ticket.id, what)).toBe(await missing(absent, what));
        }
        if (!reads(person, ticket)) {
          const none = formatReference(ticket.reference.slice(0, 2), 2026, 999_999);
          expect(await missing(ticket.reference, '')).toBe(await missing(none, ''));
        }
      }
    }
  }, 120_000);

  it('reads by guests, of other hubs and of restricted tickets are in the log, the others are not', async () => {
    const found = await rows(
      `select distinct actor_id || ' ' || ticket_id as pair from event where type = 'ticket.read' order by 1`,
    );
    const expected = people.flatMap((person) =>
      person.associationId
        ? []
        : tickets
            .filter((ticket) => reads(person, ticket))
            .filter((ticket) => ticket.restricted || ticket.hubId !== person.hubId || person.role === 'expert')
            .map((ticket) => `${person.accountId} ${ticket.id}`),
    );
    expect(found.map((row) => row.pair)).toEqual(expected.sort());
  });

  it('each way of reading leaves its own trace', async () => {
    const ticket = tickets.find((one) => one.national && !one.restricted)!;
    const traces = async (): Promise<number> =>
      (await rows(`select 1 from event where type = 'ticket.read' and ticket_id = $1`, [ticket.id])).length;
    for (const what of ['', '/messages', '/events']) {
      const before = await traces();
      await t.as(national.supervisor, 'get', `/tickets/${ticket.id}${what}`).expect(200);
      expect(await traces()).toBe(before + 1);
    }
  });
});

describe('what is shown of a ticket', () => {
  let ticket: Made;
  beforeAll(async () => {
    ticket = await makeTicket(t, { hub: 'FM', by: 'member', restricted: false, national: true, loan: 'read' }, sides);
    tickets.push(ticket);
    const { agent } = sides.FM;
    await t.write(agent, ticket.id, { kind: 'note', body: 'Entre nous: le trésorier ment.' }).expect(201);
    const { body } = await t.as(agent, 'get', `/tickets/${ticket.id}`).expect(200);
    await t
      .as(agent, 'patch', `/tickets/${ticket.id}`)
      .set('if-match', `"v${body.version}"`)
      .send({ tags: ['secret_tag'] })
      .expect(200);
  });

  it('the association sees no note, tag, queue or event of the hub', async () => {
    for (const person of [sides.FM.member, sides.FM.manager]) {
      const view = await t.as(person, 'get', `/tickets/${ticket.id}`).expect(200);
      const messages = await t.as(person, 'get', `/tickets/${ticket.id}/messages`).expect(200);
      const events = await t.as(person, 'get', `/tickets/${ticket.id}/events`).expect(200);
      expect(view.body).toMatchObject({ queue: null, tags: [] });
      const all = JSON.stringify([view.body, messages.body, events.body]);
      expect(all).not.toMatch(/trésorier|secret_tag|noted|ticket\.changed|escalated|clock\.started/);
      for (const event of events.body.items) expect(event.data).toEqual({});
      expect(await list(person, { q: 'trésorier' })).toEqual([]);
    }
  });

  it('guests read what was said in public, never the notes', async () => {
    for (const person of [sides.FM.expert, national.agent, national.supervisor]) {
      const messages = await t.as(person, 'get', `/tickets/${ticket.id}/messages`).expect(200);
      expect(messages.body.items.map((one: { kind: string }) => one.kind)).toEqual(['reply']);
      expect(await list(person, { q: 'trésorier', granted: 'true' })).toEqual([]);
      expect((await t.write(person, ticket.id, { kind: 'note', body: 'x' })).status).toBe(
        person.role === 'expert' ? 403 : 201,
      );
    }
  });

  it('the national hub answers what is escalated to it', async () => {
    const { body } = await t.as(national.agent, 'get', `/tickets/${ticket.id}`).expect(200);
    expect(body.hub.code).toBe('FM');
    await t.write(national.agent, ticket.id, { body: 'Réponse du pôle national.' }).expect(201);
    expect((await t.as(sides.FM.member, 'get', `/tickets/${ticket.id}`).expect(200)).body.status).toBe('answered');
  });
});

describe('the coordinator', () => {
  it('has no ticket at all', async () => {
    await t.as(coordinator, 'get', '/tickets').expect(403);
    await t.ask(coordinator).expect(403);
    for (const ticket of tickets) {
      for (const what of ['', '/messages', '/events'])
        await t.as(coordinator, 'get', `/tickets/${ticket.id}${what}`).expect(403);
    }
  });
});

describe('writing', () => {
  const attempts = (person: Person, id: string) => {
    const versions = (method: 'put' | 'post' | 'patch', what: string, body?: object) =>
      [1, 2].map((version) =>
        t.as(person, method, `/tickets/${id}${what}`).set('if-match', `"v${version}"`).send(body),
      );
    return [
      ...versions('put', '/assignment', { assigneeId: 'me' }),
      ...versions('put', '/assignment', { assigneeId: null }),
      ...versions('put', '/status', { status: 'resolved' }),
      ...versions('patch', '', { priority: 'low', tags: ['taken'] }),
      ...versions('post', '/escalations', { to: 'national', reason: 'other' }),
      ...versions('post', '/routing'),
      t.write(person, id, { body: 'Intrusion' }),
      t.write(person, id, { kind: 'note', body: 'Intrusion' }),
    ];
  };

  it('no route changes what may not be read, nor a loan for reading', async () => {
    await settled();
    const before = await fingerprint();
    for (const person of [...people, coordinator]) {
      for (const ticket of tickets) {
        const readOnly = person.role === 'expert' && ticket.loan === 'read';
        if (reads(person, ticket) && !readOnly) continue;
        const answers = await Promise.all(attempts(person, ticket.id));
        const statuses = [...new Set(answers.map((one) => one.status))].filter((one) => one !== 403 && one !== 404);
        expect({ who: person.name, ticket, statuses }).toEqual({ who: person.name, ticket, statuses: [] });
      }
    }
    expect(await fingerprint()).toBe(before);
  }, 120_000);

  it('an id of the other hub in any field is unknown, and nothing is written', async () => {
    const [ours, theirs] = [sides.FM, sides.MS];
    const mine = tickets.find((one) => one.hub === 'FM' && one.by === 'member' && !one.national)!;
    const foreign = tickets.find((one) => one.hub === 'MS' && one.by === 'agent')!;
    const [contact] = await rows('select id from contact where hub_id = $1 limit 1', [theirs.hubId]);
    const [message] = await rows('select id from message where ticket_id = $1', [foreign.id]);
    const { body: view } = await t.as(ours.supervisor, 'get', `/tickets/${mine.id}`).expect(200);
    const own = await t.as(ours.supervisor, 'post', '/contacts').send({ name: 'Fatima' }).expect(201);
    await settled();
    const before = await fingerprint();
    for (const person of [ours.agent, ours.supervisor]) {
      const answers = [
        await t.ask(person, { associationId: theirs.associationId }),
        await t.ask(person, { contactId: contact.id, placeCode: 'MA-FES' }),
        await t.ask(person, { associationId: theirs.associationId, placeCode: 'MA-FES', contact: { name: 'X' } }),
        await t.ask(person, { associationId: theirs.associationId, placeCode: 'MA-MAR', contact: { name: 'X' } }),
        await t.ask(person, { contactId: contact.id, placeCode: 'MA-MAR' }),
        await t.ask(person, { followUpOf: foreign.reference, placeCode: 'MA-FES' }),
        await t.ask(person, { followUpOf: foreign.reference, placeCode: 'MA-MAR' }),
        ...[theirs.agent, theirs.supervisor, theirs.member].map((one) =>
          t
            .as(person, 'put', `/tickets/${mine.id}/assignment`)
            .set('if-match', `"v${view.version}"`)
            .send({ assigneeId: one.accountId }),
        ),
        t.write(person, mine.id, { body: 'x', seenMessageId: message.id }),
        t.as(person, 'get', `/associations/${theirs.associationId}`),
        t.as(person, 'get', `/associations/${theirs.associationId}/members`),
        t
          .as(person, 'patch', `/associations/${theirs.associationId}`)
          .set('if-match', '"v1"')
          .send({ nameFr: 'Prise' }),
        t.as(person, 'get', `/contacts/${String(contact.id)}`),
        t
          .as(person, 'patch', `/contacts/${String(contact.id)}`)
          .set('if-match', '"v1"')
          .send({ name: 'Prise' }),
        t.as(person, 'post', '/contacts').send({ name: 'X', associationId: theirs.associationId }),
        t
          .as(person, 'patch', `/contacts/${String(own.body.id)}`)
          .set('if-match', `"v${String(own.body.version)}"`)
          .send({ associationId: theirs.associationId }),
      ];
      const statuses = (await Promise.all(answers)).map((one) => one.status);
      const stale = 409; // the message of another ticket is not the newest of this one
      expect(statuses.filter((one) => ![400, 404, stale].includes(one))).toEqual([]);
      expect(statuses.filter((one) => one === stale)).toHaveLength(1);
    }
    for (const person of [ours.member, ours.manager]) {
      await t.ask(person, { followUpOf: foreign.reference }).expect(400);
      await t.as(person, 'get', `/associations/${theirs.associationId}`).expect(404);
    }
    for (const person of [ours.agent, ours.supervisor]) {
      const contacts = await t.as(person, 'get', '/contacts').query({ associationId: theirs.associationId });
      expect(contacts.status === 404 || contacts.body.items.length === 0).toBe(true);
      await t
        .as(person, 'get', `/hubs/${theirs.hubId}/live`)
        .expect((answer) => expect([403, 404]).toContain(answer.status));
    }
    expect(await fingerprint()).toBe(before);
  });
});

describe('sockets', () => {
  const sockets = new Map<Person, Listener>();
  afterAll(() => sockets.forEach((socket) => socket.close()));

  const heard = (person: Person): Set<string> =>
    new Set(
      sockets
        .get(person)!
        .pokes.filter((poke) => /^(ticket|clock)\./.test(poke.type))
        .map((poke) => poke.id!),
    );

  /** Something public and something internal happens on every ticket; ends when both supervisors have heard of all. */
  async function happen(): Promise<void> {
    for (const socket of sockets.values()) socket.pokes.length = 0;
    for (const ticket of tickets) {
      await t.write(sides[ticket.hub].supervisor, ticket.id, { kind: 'note', body: 'Note' }).expect(201);
      await t.write(sides[ticket.hub].supervisor, ticket.id, { body: 'Réponse' }).expect(201);
    }
    await t.until(async () =>
      CODES.every((code) => tickets.every((one) => one.hub !== code || heard(sides[code].supervisor).has(one.id))),
    );
    await settled();
    await sleep(300);
  }

  it('each hears of exactly the tickets in the own lists, and the association only what is public', async () => {
    for (const person of [...people, coordinator]) sockets.set(person, await listen(t.url, person.token));
    // A reply takes the ticket: its supervisor has it from now on, and sees it anyway.
    await happen();
    for (const person of [...people, coordinator]) {
      const expected = person.role === 'expert' ? [] : tickets.filter((ticket) => ownList(person, ticket));
      expect({ who: person.name, ids: [...heard(person)].sort() }).toEqual({ who: person.name, ids: idsOf(expected) });
      if (!person.associationId) continue;
      const types = new Set(sockets.get(person)!.pokes.map((poke) => poke.type));
      expect(
        [...types].filter(
          (type) => /noted|assigned|changed$|escalated|met|started|read/.test(type) && type !== 'ticket.status-changed',
        ),
      ).toEqual([]);
    }
  }, 60_000);

  it('watching opens what may be read, and nothing else', async () => {
    for (const person of [...people, coordinator]) {
      for (const ticket of tickets) {
        expect({ who: person.name, ticket, open: await watch(sockets.get(person)!, ticket.id) }).toEqual({
          who: person.name,
          ticket,
          open: reads(person, ticket),
        });
      }
      expect(await watch(sockets.get(person)!, randomUUID())).toBe(false);
    }
    await happen();
    for (const person of [...people, coordinator]) {
      const expected = tickets.filter((ticket) => reads(person, ticket));
      expect({ who: person.name, ids: [...heard(person)].sort() }).toEqual({ who: person.name, ids: idsOf(expected) });
    }
  }, 60_000);
});
