import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let manager: TestPerson;
let agent: TestPerson;
let colleague: TestPerson;
let supervisor: TestPerson;
let category: Record<'legal' | 'administrative' | 'information', string>;

beforeAll(async () => {
  t = await TestApp.start();
  const association = await t.world.association('FM', 'MA-FES', 'Association Al Amal');
  member = await t.world.person(association, 'member');
  manager = await t.world.person(association, 'manager');
  // Without a written language the dispatcher leaves the tickets to the test.
  agent = await t.world.staff('FM', 'agent', []);
  colleague = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  const { rows } = await t.world.client.query<{ kind: keyof typeof category; code: string }>(
    `select kind, min(code) as code from category where parent_code is not null and active and default_confidentiality = 'normal' group by kind`,
  );
  category = Object.fromEntries(rows.map((row) => [row.kind, row.code])) as typeof category;
}, 60_000);
afterAll(() => t?.stop());

type Seen = { id: string; reference: string; version: number };
const asked = async (body: Record<string, unknown> = {}, by: TestPerson = member): Promise<Seen> =>
  (await t.ask(by, body).expect(201)).body;
const act = (
  by: TestPerson,
  method: 'put' | 'post' | 'patch',
  ticket: string,
  what: string,
  version: number,
  body?: object,
) => t.as(by, method, `/tickets/${ticket}${what}`).set('if-match', `"v${version}"`).send(body);
const claim = (by: TestPerson, { id, version }: Seen) =>
  act(by, 'put', id, '/assignment', version, { assigneeId: 'me' });
const status = (by: TestPerson, { id, version }: Seen, to: string, reason?: string) =>
  act(by, 'put', id, '/status', version, { status: to, ...(reason ? { reason } : {}) });
const read = async (by: TestPerson, id: string) => (await t.as(by, 'get', `/tickets/${id}`).expect(200)).body;
const count = async (sql: string, values: unknown[]): Promise<number> =>
  (await t.world.client.query<{ n: number }>(`select count(*)::int as n ${sql}`, values)).rows[0].n;
const typesOf = async (id: string): Promise<string[]> =>
  (
    await t.world.client.query<{ type: string }>('select type from event where ticket_id = $1 order by id', [id])
  ).rows.map((row) => row.type);
const codes = (answers: { status: number; body: { code?: string } }[]) =>
  answers.map((one) => one.body.code ?? one.status);

describe('idempotency', () => {
  it('the same key gives the same answer and one ticket, one after the other and ten at once', async () => {
    const key = randomUUID();
    // Letters only: with digits it may look like an identity number, and is masked.
    const subject = `Deux fois ${key.slice(0, 8).replace(/\d/g, 'x')}`;
    const first = await t.ask(member, { subject }, key).expect(201);
    const second = await t.ask(member, { subject }, key).expect(201);
    expect(second.body).toEqual(first.body);
    const other = randomUUID();
    const ten = await Promise.all(
      Array.from({ length: 10 }, () => t.ask(member, { subject: `${subject} bis` }, other)),
    );
    expect(ten.map((one) => one.status)).toEqual(Array(10).fill(201));
    expect(new Set(ten.map((one) => one.body.id)).size).toBe(1);
    expect(await count('from ticket where subject like $1', [`${subject}%`])).toBe(2);
    expect(
      await count(
        `from outbox o join event e on e.id = o.event_id join ticket t on t.id = e.ticket_id where t.subject like $1 and e.type = 'ticket.created'`,
        [`${subject}%`],
      ),
    ).toBe(4);
  });

  it('the same key with another body is refused, and of another person another key', async () => {
    const key = randomUUID();
    await t.ask(member, {}, key).expect(201);
    const other = await t.ask(member, { subject: 'Autre question' }, key).expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
    await t.ask(manager, {}, key).expect(201);
  });

  it('a key is needed, and has a form', async () => {
    await t.as(member, 'post', '/tickets').send({}).expect(400);
    for (const key of [' ', 'x'.repeat(201)]) {
      const { body } = await t.ask(member, {}, key).expect(400);
      expect(JSON.stringify(body)).toContain('Idempotency-Key');
    }
  });

  it('a reply sent twice is one message, also when its own first sending makes it look stale', async () => {
    const ticket = await asked();
    const { lastMessageId } = await read(agent, ticket.id);
    const key = randomUUID();
    const body = { body: 'Voici la réponse.', seenMessageId: lastMessageId };
    const answers = await Promise.all(Array.from({ length: 5 }, () => t.write(agent, ticket.id, body, key)));
    answers.push(await t.write(agent, ticket.id, body, key));
    expect(codes(answers)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    expect(await count('from message where ticket_id = $1', [ticket.id])).toBe(2);
  });
});

describe('versions', () => {
  it('a change needs the version it was made from, and one of ours', async () => {
    const ticket = await asked();
    const bare = await t.as(agent, 'put', `/tickets/${ticket.id}/status`).send({ status: 'pending' }).expect(428);
    expect(bare.body.code).toBe('precondition_required');
    for (const version of ['"v99"', 'W/"v1"', '*', 'v1']) {
      const answer = await t
        .as(agent, 'put', `/tickets/${ticket.id}/status`)
        .set('if-match', version)
        .send({ status: 'pending' });
      expect(codes([answer])).toEqual(['precondition_failed']);
    }
    const done = await status(agent, ticket, 'open').expect(200);
    expect(done.headers.etag).toBe('"v2"');
    await status(agent, ticket, 'pending').expect(412);
  });

  it('of 20 agents who claim at once exactly one gets the ticket', async () => {
    const ticket = await asked();
    const agents = await Promise.all(Array.from({ length: 20 }, () => t.world.staff('FM', 'agent', [])));
    const answers = await Promise.all(agents.map((one) => claim(one, ticket)));
    const statuses = answers.map((one) => one.status).sort();
    expect(statuses[0]).toBe(200);
    expect(statuses.slice(1).every((one) => one === 409 || one === 412)).toBe(true);
    const winner = answers.find((one) => one.status === 200)!;
    expect((await read(supervisor, ticket.id)).assignee.id).toBe(winner.body.assignee.id);
    expect((await typesOf(ticket.id)).filter((one) => one === 'ticket.assigned')).toHaveLength(1);
  });

  it('a claim takes only what nobody has; giving and putting back are not claims', async () => {
    const ticket = await asked();
    const mine = (await claim(agent, ticket).expect(200)).body;
    expect(mine).toMatchObject({ status: 'open', assignee: { id: agent.accountId } });
    expect(codes([await claim(colleague, mine)])).toEqual(['already_assigned']);
    const given = await act(agent, 'put', ticket.id, '/assignment', mine.version, { assigneeId: colleague.accountId });
    expect(given.body.assignee.id).toBe(colleague.accountId);
    const back = await act(colleague, 'put', ticket.id, '/assignment', given.body.version, { assigneeId: null });
    expect(back.body.assignee).toBeNull();
    await act(agent, 'put', ticket.id, '/assignment', back.body.version, { assigneeId: member.accountId }).expect(404);
  });

  it('nobody answers past a message that he has not read', async () => {
    const ticket = await asked();
    const seen = (await read(agent, ticket.id)).lastMessageId;
    await t.write(member, ticket.id, { body: 'Une précision.' }).expect(201);
    const stale = await t.write(agent, ticket.id, { body: 'Réponse', seenMessageId: seen }).expect(409);
    expect(stale.body.code).toBe('stale_reply');
    await t.write(agent, ticket.id, { kind: 'note', body: 'Note', seenMessageId: seen }).expect(201);
    await t.write(agent, ticket.id, { body: 'Réponse', seenMessageId: seen, force: true }).expect(201);
  });

  it('replies that race for one ticket meet each promise once and pause once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ticket = await asked();
      const people = [agent, colleague, supervisor, agent, colleague, supervisor];
      const answers = await Promise.all(people.map((by) => t.write(by, ticket.id, { body: 'Réponse' })));
      expect(codes(answers)).toEqual(Array(people.length).fill(201));
      // Somebody may have been given it meanwhile: then the time in hand has been kept too.
      const { rows: met } = await t.world.client.query<{ metric: string; times: number }>(
        `select data ->> 'metric' as metric, count(*)::int as times from event where ticket_id = $1 and type = 'clock.met' group by data ->> 'clockId', 1`,
        [ticket.id],
      );
      expect(met.filter((one) => one.metric !== 'holding')).toEqual([{ metric: 'first_response', times: 1 }]);
      expect(met.every((one) => one.times === 1)).toBe(true);
      expect(await count('from sla_pause where ticket_id = $1', [ticket.id])).toBe(1);
    }
  });
});

describe('status', () => {
  it('follows the table', async () => {
    let ticket = await asked();
    for (const to of ['new', 'answered', 'closed'])
      expect(codes([await status(agent, ticket, to)])).toEqual(['status_not_allowed']);
    for (const to of ['open', 'pending', 'resolved', 'closed', 'open', 'resolved']) {
      ticket = (await status(agent, ticket, to).expect(200)).body;
      expect(ticket).toMatchObject({ status: to });
    }
  });

  it('on_hold needs a reason of the list, and only some reasons stop the clock', async () => {
    let ticket = await asked();
    expect(codes([await status(agent, ticket, 'on_hold')])).toEqual(['validation_failed']);
    expect(codes([await status(agent, ticket, 'on_hold', 'holiday')])).toEqual(['validation_failed']);
    expect(codes([await status(agent, ticket, 'pending', 'authority')])).toEqual(['validation_failed']);
    const held = (await status(agent, ticket, 'on_hold', 'authority').expect(200)).body;
    expect(held).toMatchObject({ holdReason: 'authority', promise: { resolution: { state: 'paused', dueAt: null } } });
    ticket = (await status(agent, held, 'open').expect(200)).body;
    const expert = (await status(agent, ticket, 'on_hold', 'expert').expect(200)).body;
    expect(expert.promise.resolution).toMatchObject({ state: 'running' });
  });

  it('the association may only say that it is resolved', async () => {
    const ticket = await asked();
    expect(codes([await status(member, ticket, 'pending')])).toEqual(['status_not_allowed']);
    const done = (await status(member, ticket, 'resolved').expect(200)).body;
    expect(done.promise).toMatchObject({ firstResponse: { state: 'met' }, resolution: { state: 'met' } });
  });

  it.each(['answered', 'resolved', 'pending'])(
    'a message of the association after %s opens it again',
    async (outcome) => {
      const ticket = await asked();
      const { targetMinutes, remainingMinutes } = (await read(member, ticket.id)).promise.resolution;
      expect(remainingMinutes).toBeNull();
      await t.write(agent, ticket.id, { body: 'Voici.', outcome }).expect(201);
      const answered = await read(member, ticket.id);
      expect(answered.status).toBe(outcome);
      const left = answered.promise.resolution.remainingMinutes;
      if (outcome === 'resolved') expect(left).toBeNull();
      else expect([left > targetMinutes - 5, left <= targetMinutes]).toEqual([true, true]); // it stands still from here on
      await t.write(member, ticket.id, { body: 'Encore une question.' }).expect(201);
      const again = await read(member, ticket.id);
      expect(again.status).toBe('open');
      expect(again.promise.resolution).toMatchObject({ state: 'running', metAt: null });
      expect(again.promise.firstResponse.state).toBe('met');
      const cycles = await count(`from sla_clock where ticket_id = $1 and metric = 'resolution'`, [ticket.id]);
      expect(cycles).toBe(outcome === 'resolved' ? 2 : 1);
      expect(await count('from sla_pause where ticket_id = $1 and to_at is null', [ticket.id])).toBe(0);
    },
  );

  it('a reply to what was resolved begins the new promise standing still', async () => {
    const ticket = await asked();
    await t.write(agent, ticket.id, { body: 'Voici.', outcome: 'resolved' }).expect(201);
    await t.write(agent, ticket.id, { body: 'Un complément.' }).expect(201);
    const view = await read(agent, ticket.id);
    expect(view).toMatchObject({
      status: 'answered',
      nextDueAt: null,
      promise: { resolution: { state: 'paused', dueAt: null } },
    });
    await t.write(member, ticket.id, { body: 'Merci, mais…' }).expect(201);
    expect((await read(agent, ticket.id)).promise.resolution).toMatchObject({ state: 'running' });
  });

  it('long after closing, a follow-up is asked instead, and only of a ticket that one may read', async () => {
    const ticket = await asked();
    await status(agent, (await status(agent, ticket, 'resolved')).body, 'closed').expect(200);
    await t.world.client.query(`update ticket set closed_at = now() - interval '31 days' where id = $1`, [ticket.id]);
    expect(codes([await t.write(member, ticket.id, { body: 'Suite' })])).toEqual(['status_not_allowed']);
    const next = await t.ask(member, { followUpOf: ticket.reference.replace(/-/g, ' ') }).expect(201);
    expect(next.body.followUpOf).toBe(ticket.id);
    const other = await t.world.person(member.associationId!, 'member');
    await t.ask(other, { followUpOf: ticket.reference }).expect(400);
  });
});

describe('escalation', () => {
  const escalate = (by: TestPerson, { id, version }: Seen, to: string, reason = 'complexity') =>
    act(by, 'post', id, '/escalations', version, { to, reason });

  it('climbs level by level, with an owner, a reason of the list and a history', async () => {
    const expert = await t.world.staff('FM', 'expert', []);
    const ticket = await asked();
    expect(codes([await escalate(agent, ticket, 'expert', 'because')])).toEqual(['validation_failed']);
    const atExpert = (await escalate(agent, ticket, 'expert').expect(201)).body;
    expect(atExpert).toMatchObject({ level: 'expert', status: 'open', assignee: { id: expert.accountId } });
    expect(await read(expert, ticket.id)).toMatchObject({ id: ticket.id });
    expect(codes([await escalate(agent, atExpert, 'expert')])).toEqual(['validation_failed']);
    const atSupervisor = (await escalate(agent, atExpert, 'supervisor').expect(201)).body;
    expect(atSupervisor).toMatchObject({ level: 'supervisor', assignee: { id: supervisor.accountId } });
    const national = (await escalate(supervisor, atSupervisor, 'national', 'legal_risk').expect(201)).body;
    expect(national).toMatchObject({ level: 'national', assignee: null, hub: { code: 'FM' } });
    expect(await count('from escalation where ticket_id = $1', [ticket.id])).toBe(3);
    const { rows } = await t.world.client.query(
      'select grantee_kind, reason, can_write from ticket_grant where ticket_id = $1 order by id',
      [ticket.id],
    );
    expect(rows).toEqual([
      { grantee_kind: 'account', reason: 'escalation', can_write: true },
      { grantee_kind: 'hub', reason: 'national', can_write: true },
    ]);
    await escalate(agent, national, 'supervisor').expect(400);
  });
});

describe('changes', () => {
  it('queue and promise follow the category, and the history says why', async () => {
    const ticket = await asked({ categoryCode: category.information });
    const before = await read(agent, ticket.id);
    const after = (await act(agent, 'patch', ticket.id, '', before.version, { categoryCode: 'CRE.04' }).expect(200))
      .body;
    expect(before.queue.code).toBe('INFO');
    expect(after).toMatchObject({ kind: 'legal', queue: { code: 'LEGAL' }, category: { code: 'CRE.04' } });
    expect(after.promise.resolution.targetMinutes).not.toBe(before.promise.resolution.targetMinutes);
    expect(after.promise.resolution.startedAt).toBe(before.promise.resolution.startedAt);
    const { rows } = await t.world.client.query<{ due_at: Date }>(
      `select d.later_dues[array_position(d.later_kinds, 'breach')] as due_at from deadline d join sla_clock c on c.id = d.clock_id
       where c.ticket_id = $1 and c.metric = 'resolution'`,
      [ticket.id],
    );
    expect(rows[0].due_at.toISOString()).toBe(after.promise.resolution.dueAt);
    expect(await typesOf(ticket.id)).toEqual(
      expect.arrayContaining(['ticket.changed', 'ticket.routed', 'clock.moved']),
    );
    const { rows: moved } = await t.world.client.query(
      `select data from event where ticket_id = $1 and type = 'clock.moved'`,
      [ticket.id],
    );
    expect(moved[0].data.why).toEqual(['categoryCode']);
  });

  it('texts are not in the log, identity numbers not in the subject', async () => {
    const ticket = await asked();
    await act(agent, 'patch', ticket.id, '', ticket.version, { subject: 'Carte AB123456 de Monsieur X' }).expect(200);
    expect((await read(agent, ticket.id)).subject).not.toContain('AB123456');
    expect(await count(`from event where ticket_id = $1 and data::text like '%Monsieur%'`, [ticket.id])).toBe(0);
  });

  it('a change of nothing moves no clock', async () => {
    const ticket = await asked();
    await act(agent, 'patch', ticket.id, '', ticket.version, { categoryCode: 'CRE.04' }).expect(200);
    expect(await typesOf(ticket.id)).not.toEqual(expect.arrayContaining(['ticket.changed']));
  });
});

describe('callers', () => {
  it.each(['0612345678', '+212 6 12 34 56 78', '00212612345678', '٠٦١٢٣٤٥٦٧٨', '06-12-34-56-78'])(
    'a new contact is kept with its number, whatever the spelling: %s',
    async (phone) => {
      const { body } = await t
        .ask(agent, { placeCode: 'MA-FES', contact: { name: 'Hicham', phone, writtenLanguage: 'ar' } })
        .expect(201);
      expect(body).toMatchObject({ channel: 'phone', answerLanguage: 'ar', requester: { name: 'Hicham' } });
      expect(body.followUpCode).toMatch(/^[2-9A-HJ-NP-RTUVWXY]{8}$/);
      const { rows } = await t.world.client.query('select e164 from contact_phone where contact_id = $1', [
        body.requester.id,
      ]);
      expect(rows).toEqual([{ e164: '+212612345678' }]);
    },
  );

  it('what is no number is refused, and no contact is left behind', async () => {
    const contact = { name: 'Personne Fantôme', phone: '12' };
    await t.ask(agent, { placeCode: 'MA-FES', contact }).expect(400);
    expect(await count(`from contact where name = 'Personne Fantôme'`, [])).toBe(0);
  });

  it('an anonymous caller gets a code, shown once and kept as a hash; a place must be said', async () => {
    const { body } = await t.ask(agent, { placeCode: 'MA-FES', channel: 'walk_in' }).expect(201);
    expect(body).toMatchObject({ association: null, requester: null, channel: 'walk_in' });
    expect(body.followUpCode).toHaveLength(8);
    expect(await count('from ticket where id = $1 and octet_length(follow_up_code_hash) = 32', [body.id])).toBe(1);
    expect((await read(agent, body.id)).followUpCode).toBeUndefined();
    const lost = await t.ask(agent, {}).expect(400);
    expect(lost.body.errors[0].pointer).toBe('/placeCode');
  });

  it("a caller of another hub's territory: the ticket is that hub's", async () => {
    const { body } = await t.ask(agent, { placeCode: 'MA-07', contact: { name: 'De Marrakech' } }).expect(201);
    expect(body.hub.code).toBe('MS');
    expect(body.reference).toMatch(/^MS-/);
    await t.as(agent, 'get', `/tickets/${body.id}`).expect(404);
    expect(await read(await t.world.staff('MS', 'agent', []), body.id)).toMatchObject({ id: body.id });
  });

  it("an association of ours whose place another hub answers for: that hub's ticket as well", async () => {
    const away = await t.world.association('FM', 'MA-07');
    const { body } = await t.ask(agent, { associationId: away }).expect(201);
    expect(body.hub.code).toBe('MS');
    const person = await t.world.person(away, 'member');
    expect((await t.ask(person).expect(201)).body.hub.code).toBe('MS');
  });

  it('what a question would be promised is what it gets, here and elsewhere', async () => {
    const question = { categoryCode: category.legal, language: 'ar', channel: 'phone' };
    for (const placeCode of ['MA-FES', 'MA-HAO']) {
      const { body: said } = await t
        .as(agent, 'post', '/tickets/promises')
        .send({ ...question, placeCode })
        .expect(200);
      const made = (await t.ask(agent, { ...question, placeCode }).expect(201)).body;
      expect(said).toMatchObject({
        elsewhere: placeCode !== 'MA-FES',
        hub: { code: made.hub.code },
        queue: { code: made.queue.code },
        firstResponse: { targetMinutes: made.promise.firstResponse.targetMinutes },
        routing: made.routing,
      });
    }
    await t.as(agent, 'post', '/tickets/promises').send(question).expect(400);
    await t.as(member, 'post', '/tickets/promises').send(question).expect(403);
  });

  it('the association sets nothing that is the hub’s to set', async () => {
    const fields = {
      priority: 'urgent',
      channel: 'phone',
      tags: ['a'],
      confidentiality: 'restricted',
      answerLanguage: 'ar',
    };
    for (const [field, value] of Object.entries(fields)) {
      const { body } = await t.ask(member, { [field]: value }).expect(400);
      expect(body.errors[0].pointer).toBe(`/${field}`);
    }
  });
});

describe('lists', () => {
  interface Page {
    items: { id: string; openedAt: string; nextDueAt: string | null }[];
    nextCursor: string | null;
  }
  const page = async (by: TestPerson, query: Record<string, string | number>): Promise<Page> =>
    (await t.as(by, 'get', '/tickets').query(query).expect(200)).body;

  it('120 tickets page by page, without gap or repeat, while new ones come in and others read', async () => {
    const association = await t.world.association('MS', 'MA-07');
    const boss = await t.world.person(association, 'manager');
    const ids: string[] = [];
    for (let batch = 0; batch < 12; batch += 1) {
      const made = await Promise.all(Array.from({ length: 10 }, () => asked({ placeCode: 'MA-07' }, boss)));
      ids.push(...made.map((one) => one.id));
    }
    const msAgent = await t.world.staff('MS', 'agent', []);
    const msCleared = await t.world.staff('MS', 'agent', [], true);
    for (const reader of [boss, msAgent, msCleared]) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const one: Page = await page(reader, { sort: 'opened', limit: 17, ...(cursor ? { cursor } : {}) });
        found.push(...one.items.map((item) => item.id));
        cursor = one.nextCursor;
        await asked({ placeCode: 'MA-07' }, boss);
      } while (cursor);
      expect(new Set(found).size).toBe(found.length);
      expect(ids.filter((id) => !found.includes(id))).toEqual([]);
    }
  });

  it('people of one database role with different scopes read at the same time', async () => {
    const cleared = await t.world.staff('FM', 'agent', [], true);
    const readers = Array.from({ length: 60 }, (_, index) => [member, manager, agent, cleared, supervisor][index % 5]);
    const answers = await Promise.all(readers.map((one) => t.as(one, 'get', '/tickets')));
    expect(answers.map((one) => one.status)).toEqual(Array(60).fill(200));
  });

  it('a cursor is of its own list and order, and of what its reader sees', async () => {
    const { nextCursor } = await page(agent, { limit: 2 });
    for (const [by, query] of [
      [member, {}],
      [supervisor, {}],
      [agent, { sort: 'due' }],
      [agent, { open: 'true' }],
    ] as [TestPerson, Record<string, string>][]) {
      const answer = await t.as(by, 'get', '/tickets').query({ limit: 2, cursor: nextCursor!, ...query });
      expect(codes([answer])).toEqual(['invalid_cursor']);
    }
  });

  it('filters', async () => {
    const ticket = await asked(
      {
        categoryCode: category.administrative,
        priority: 'high',
        placeCode: 'MA-FES',
        channel: 'whatsapp',
        language: 'fr',
      },
      agent,
    );
    const queue = (await read(agent, ticket.id)).queue;
    await claim(agent, ticket).expect(200);
    const matching: Record<string, string>[] = [
      { categoryCode: category.administrative },
      { priority: 'high' },
      { channel: 'whatsapp' },
      { kind: 'administrative' },
      { language: 'fr' },
      { level: 'agent' },
      { status: 'open' },
      { status: 'new,open' },
      { open: 'true' },
      { assignee: 'me' },
      { assignee: agent.accountId },
      { queueId: queue.id },
      { hubId: t.world.hubs.FM },
    ];
    const has = async (query: object) =>
      (await page(agent, { limit: 100, ...query })).items.some((one) => one.id === ticket.id);
    for (const query of matching) expect({ query, has: await has(query) }).toEqual({ query, has: true });
    const others = [
      { priority: 'low' },
      { status: 'closed' },
      { assignee: 'none' },
      { kind: 'legal' },
      { hubId: t.world.hubs.MS },
      { due: 'late' },
    ];
    for (const query of others) expect({ query, has: await has(query) }).toEqual({ query, has: false });
    expect(await has(Object.assign({}, ...matching))).toBe(true);
  });

  it('by due time: the nearest first, and only what is due', async () => {
    const { items } = await page(agent, { sort: 'due', limit: 100 });
    const dues = items.map((one) => one.nextDueAt!);
    expect(dues.length).toBeGreaterThan(3);
    expect(dues).toEqual([...dues].sort());
  });
});

describe('search', () => {
  const hits = async (by: TestPerson, q: string): Promise<string[]> =>
    (await t.as(by, 'get', '/tickets').query({ q, limit: 100 }).expect(200)).body.items.map(
      (one: { id: string }) => one.id,
    );

  it.each([
    ['إعادة تأسيس الجمعيّة', ['اعاده', 'تاسيس', 'الجمعية', 'جمعيه', 'جمع']],
    ['تعديل القوانين الأساسية', ['قوانين', 'القوانين', 'الاساسيه', 'أساسي']],
    ['Récépissé définitif à Meknès', ['recepisse', 'RÉCÉPISSÉ', 'definit', 'meknes récépissé']],
  ])('%s is found at once by its other spellings', async (subject, queries) => {
    const { id } = await asked({ subject });
    for (const q of queries) {
      expect({ q, found: (await hits(agent, q)).includes(id) }).toEqual({ q, found: true });
      expect({ q, found: (await hits(member, q)).includes(id) }).toEqual({ q, found: true });
    }
    expect(await hits(agent, `${queries[0]} zzz`)).toEqual([]);
  });

  it('a reply is found as soon as it is acknowledged, a note by the hub only', async () => {
    const { id } = await asked();
    await t.write(agent, id, { body: 'Voyez la tirelire bleue.' }).expect(201);
    await t.write(agent, id, { kind: 'note', body: 'Attention au perroquet.' }).expect(201);
    expect(await hits(member, 'tirelire')).toEqual([id]);
    expect(await hits(agent, 'perroquet')).toEqual([id]);
    expect(await hits(member, 'perroquet')).toEqual([]);
    expect(await hits(manager, 'perroquet')).toEqual([]);
  });

  it('a reference is found in any spelling, and opens the ticket', async () => {
    const { id, reference } = await asked();
    const arabic = reference.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]);
    for (const spelling of [
      reference,
      reference.toLowerCase(),
      reference.replace(/-/g, ' '),
      reference.replace(/-/g, ''),
      arabic,
    ]) {
      expect(await hits(agent, spelling)).toEqual([id]);
      expect((await t.as(member, 'get', `/tickets/${encodeURIComponent(spelling)}`).expect(200)).body.id).toBe(id);
    }
  });

  it('text that is no word finds nothing, and is no error', async () => {
    for (const q of ['!!!', "' | (", ':*', '\\', '🙂']) expect(await hits(agent, q)).toEqual([]);
  });
});

describe('notes', () => {
  it('the association sees neither them nor a trace of them', async () => {
    const ticket = await asked();
    await t.write(agent, ticket.id, { kind: 'note', body: 'Entre nous.' }).expect(201);
    await t.write(member, ticket.id, { kind: 'note', body: 'x' }).expect(403);
    for (const person of [member, manager]) {
      const messages = await t.as(person, 'get', `/tickets/${ticket.id}/messages`).expect(200);
      const events = await t.as(person, 'get', `/tickets/${ticket.id}/events`).expect(200);
      expect(JSON.stringify([messages.body, events.body])).not.toMatch(/Entre nous|noted|note/);
    }
    const staff = await t.as(colleague, 'get', `/tickets/${ticket.id}/messages`).expect(200);
    expect(staff.body.items.map((one: { kind: string }) => one.kind)).toEqual(['reply', 'note']);
  });

  it('a note is no answer', async () => {
    const ticket = await asked();
    await t.write(agent, ticket.id, { kind: 'note', body: 'Je regarde.' }).expect(201);
    expect(await read(member, ticket.id)).toMatchObject({
      status: 'new',
      promise: { firstResponse: { state: 'running' } },
    });
  });
});

describe('re-routing', () => {
  it('after a change of territory the ticket moves with its clocks, and the hub that had it keeps sight', async () => {
    const home = await t.world.association('FM', 'MA-SEF');
    const person = await t.world.person(home, 'member');
    const ticket = await asked({}, person);
    await t.write(agent, ticket.id, { kind: 'note', body: 'Note de Fès' }).expect(201);
    const clocks = async () =>
      (
        await t.world.client.query(
          `select id, metric, state, started_at, due_at from sla_clock where ticket_id = $1 and metric <> 'holding' order by metric`,
          [ticket.id],
        )
      ).rows;
    const [before, seen] = [await clocks(), await read(supervisor, ticket.id)];
    await t.world.client.query(
      `insert into territory (id, place_code, hub_id, role, valid) values (gen_random_uuid(), 'MA-SEF', $1, 'managing', daterange(current_date - 1, null))`,
      [t.world.hubs.MS],
    );
    await t.until(async () => (await t.ask(person)).body.hub.code === 'MS');
    expect((await act(agent, 'post', ticket.id, '/routing', seen.version)).status).toBe(403);
    // Somebody may have been given it meanwhile.
    const { version } = await read(supervisor, ticket.id);
    const moved = await act(supervisor, 'post', ticket.id, '/routing', version).expect(200);
    expect(moved.body).toMatchObject({ hub: { code: 'MS' }, reference: ticket.reference, assignee: null });
    expect(await clocks()).toEqual(before);
    const there = await t.world.staff('MS', 'agent', []);
    const messages = await t.as(there, 'get', `/tickets/${ticket.id}/messages`).expect(200);
    expect(messages.body.items).toHaveLength(2);
    expect(await read(person, ticket.id)).toMatchObject({ hub: { code: 'MS' } });
    await t.write(person, ticket.id, { body: 'Toujours là ?' }).expect(201);
    // The old hub reads on, and no more than that.
    expect(await read(agent, ticket.id)).toMatchObject({ hub: { code: 'MS' } });
    expect([403, 404]).toContain((await t.write(agent, ticket.id, { body: 'x' })).status);
    const lent = await t.as(agent, 'get', '/tickets').query({ granted: 'true' }).expect(200);
    // Questions asked until the change was known may have moved as well.
    expect(lent.body.items.map((one: { id: string }) => one.id)).toContain(ticket.id);
    const filtered = await t.as(agent, 'get', '/tickets').query({ granted: 'true', status: 'closed' }).expect(200);
    expect(filtered.body.items).toEqual([]);
    await act(supervisor, 'post', ticket.id, '/routing', seen.version).expect((answer) =>
      expect([403, 404, 412]).toContain(answer.status),
    );
  });
});
