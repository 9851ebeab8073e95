import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let second: TestPerson;
let supervisor: TestPerson;
let expert: TestPerson;
let stranger: TestPerson;
let foreign: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  agent = await t.world.staff('FM', 'agent', []);
  second = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  expert = await t.world.staff('FM', 'expert', []);
  stranger = await t.world.staff('MS', 'expert', []);
  foreign = await t.world.staff('MS', 'agent', []);
}, 60_000);
afterAll(() => t?.stop());

interface Seen {
  id: string;
  reference: string;
  version: number;
}
const asked = async (body: Record<string, unknown> = {}): Promise<Seen> => (await t.ask(member, body).expect(201)).body;
const view = async (id: string, by = agent) => (await t.as(by, 'get', `/tickets/${id}`).expect(200)).body;
const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await t.world.client.query(sql, values)).rows;
const items = async (by: TestPerson, route: string) => (await t.as(by, 'get', route).expect(200)).body.items;
const bodies = async (by: TestPerson, id: string): Promise<string[]> =>
  (await items(by, `/tickets/${id}/messages`)).map((one: { body: string }) => one.body);
const told = (by: TestPerson, kind: string, ticketId: string) =>
  t.until(async () =>
    (await items(by, '/notifications')).some(
      (one: { kind: string; ticketId: string }) => one.kind === kind && one.ticketId === ticketId,
    ),
  );

describe('consultation', () => {
  const consult = (ticket: string, to: string, by = agent, body: Record<string, unknown> = {}) =>
    t
      .as(by, 'post', `/tickets/${ticket}/consultations`)
      .send({ toKind: 'account', toId: to, question: 'Est-ce permis ?', hours: 48, ...body });

  it('lends the ticket for an opinion: nothing of it moves, and notes stay inside', async () => {
    const ticket = await asked();
    await t.write(agent, ticket.id, { kind: 'note', body: 'Entre nous' }).expect(201);
    const before = await view(ticket.id);
    await t.as(expert, 'get', `/tickets/${ticket.id}`).expect(404);
    const { body: one } = await consult(ticket.id, expert.accountId).expect(201);
    expect(one).toMatchObject({ state: 'waiting', to: { kind: 'account', id: expert.accountId } });
    const after = await view(ticket.id);
    expect([after.assignee, after.hub, after.status, after.promise]).toEqual([
      before.assignee,
      before.hub,
      before.status,
      before.promise,
    ]);
    expect(await items(expert, '/consultations')).toMatchObject([
      { id: one.id, question: 'Est-ce permis ?', reference: ticket.reference },
    ]);
    expect(await bodies(expert, ticket.id)).toHaveLength(1);
    await told(expert, 'consultation_asked', ticket.id);
    await t.write(expert, ticket.id, { body: 'Réponse directe' }).expect(403);
    expect((await consult(ticket.id, expert.accountId).expect(409)).body.code).toBe('already_exists');
    const { body: done } = await t
      .as(expert, 'post', `/consultations/${one.id}/opinion`)
      .send({ body: 'Oui, selon le dahir.' })
      .expect(200);
    expect(done).toMatchObject({ state: 'answered', opinion: 'Oui, selon le dahir.' });
    // The loan has ended with it.
    await t.as(expert, 'get', `/tickets/${ticket.id}`).expect(404);
    expect(await items(expert, '/consultations')).toEqual([]);
    expect(await bodies(agent, ticket.id)).toContain('Oui, selon le dahir.');
    expect(await bodies(member, ticket.id)).toHaveLength(1);
    await told(agent, 'consultation_answered', ticket.id);
    expect(
      (await t.as(expert, 'post', `/consultations/${one.id}/opinion`).send({ body: 'x' }).expect(409)).body.code,
    ).toBe('already_decided');
  });

  it('returns by itself at its end, with a reminder before', async () => {
    const ticket = await asked();
    const { body: one } = await consult(ticket.id, expert.accountId).expect(201);
    await rows(`update consultation set remind_at = now() where id = $1`, [one.id]);
    await t.until(
      async () => (await rows('select 1 from consultation where id = $1 and reminded_at is not null', [one.id])).length,
      10_000,
    );
    await rows(`update consultation set asked_at = now() - interval '2 day', expires_at = now() where id = $1`, [
      one.id,
    ]);
    await rows(`update ticket_grant set expires_at = now() where ticket_id = $1`, [ticket.id]);
    await t.as(expert, 'get', `/tickets/${ticket.id}`).expect(404);
    await t.as(expert, 'post', `/consultations/${one.id}/opinion`).send({ body: 'Trop tard' }).expect(409);
    await t.until(
      async () => (await items(agent, `/tickets/${ticket.id}/consultations`))[0].state === 'expired',
      10_000,
    );
    const types = (await rows('select type from event where ticket_id = $1', [ticket.id])).map((row) => row.type);
    expect(types.filter((type) => String(type).startsWith('consultation.'))).toEqual([
      'consultation.asked',
      'consultation.reminded',
      'consultation.expired',
    ]);
  });

  it('may be put to a hub that agreed to it; its people answer, others do not see it', async () => {
    const ticket = await asked();
    const targets = await items(agent, '/consultations/targets');
    expect(targets).toContainEqual(expect.objectContaining({ kind: 'hub', id: t.world.hubs.MS }));
    const { body: one } = await consult(ticket.id, t.world.hubs.MS, agent, { toKind: 'hub' }).expect(201);
    expect(await items(foreign, '/consultations')).toMatchObject([{ id: one.id }]);
    expect(await items(stranger, '/consultations')).toEqual([]);
    await t.as(stranger, 'post', `/consultations/${one.id}/opinion`).send({ body: 'x' }).expect(404);
    await t.as(expert, 'post', `/consultations/${one.id}/opinion`).send({ body: 'x' }).expect(404);
    await t.as(foreign, 'delete', `/tickets/${ticket.id}/consultations/${one.id}`).expect(403);
    await t.as(agent, 'delete', `/tickets/${ticket.id}/consultations/${one.id}`).expect(200);
    expect(await items(foreign, '/consultations')).toEqual([]);
    await t.as(foreign, 'get', `/tickets/${ticket.id}`).expect(404);
    await t.as(agent, 'delete', `/tickets/${ticket.id}/consultations/${one.id}`).expect(409);
  });

  it('two who answer at once: one opinion', async () => {
    const ticket = await asked();
    const { body: one } = await consult(ticket.id, t.world.hubs.MS, agent, { toKind: 'hub' }).expect(201);
    const give = () => t.as(foreign, 'post', `/consultations/${one.id}/opinion`).send({ body: 'Avis' });
    expect((await Promise.all([give(), give(), give()])).map((answer) => answer.status).sort()).toEqual([
      200, 409, 409,
    ]);
    expect((await bodies(agent, ticket.id)).filter((body) => body === 'Avis')).toHaveLength(1);
  });

  it('refuses whom one may not ask, and who may not ask', async () => {
    const ticket = await asked();
    for (const id of [randomUUID(), agent.accountId, member.accountId]) await consult(ticket.id, id).expect(404);
    await consult(ticket.id, expert.accountId, member).expect(403);
    await consult(ticket.id, stranger.accountId, foreign).expect(404);
    await consult(ticket.id, expert.accountId, agent, { hours: 0 }).expect(400);
    await consult(ticket.id, expert.accountId, agent, { hours: 721 }).expect(400);
    await consult(ticket.id, expert.accountId, agent, { question: ' ' }).expect(400);
  });
});

describe('validation', () => {
  const legal = async (): Promise<Seen> => asked({ categoryCode: 'LIT.01', placeCode: 'MA-FES' });
  const validate = (ticket: string, by = agent, body: Record<string, unknown> = {}) =>
    t.as(by, 'post', `/tickets/${ticket}/validations`).send({ body: 'Projet de réponse', ...body });
  const approve = (id: string, by: TestPerson, version = 1, body: Record<string, unknown> = {}) =>
    t.as(by, 'post', `/validations/${id}/approval`).set('if-match', `"v${version}"`).send(body);
  const open = async (): Promise<Seen> => {
    const ticket = await legal();
    await rows(`update ticket set confidentiality = 'normal', needs_validation = true where id = $1`, [ticket.id]);
    return ticket;
  };

  it('a direct answer is refused; what a colleague approves leaves as its author’s', async () => {
    const ticket = await open();
    const refused = await t.write(agent, ticket.id, { body: 'Directement' }).expect(409);
    expect(refused.body.code).toBe('validation_required');
    await t.write(agent, ticket.id, { kind: 'note', body: 'Une note va' }).expect(201);
    const { body: one } = await validate(ticket.id).expect(201);
    expect((await approve(one.id, agent).expect(409)).body.code).toBe('own_validation');
    expect(await items(agent, '/validations')).toEqual([]);
    expect(await items(second, '/validations')).toMatchObject([{ id: one.id, body: 'Projet de réponse' }]);
    const { body: done } = await approve(one.id, second).expect(200);
    expect(done).toMatchObject({ state: 'approved', decidedBy: { id: second.accountId } });
    const [reply] = (await items(member, `/tickets/${ticket.id}/messages`)).slice(-1);
    expect(reply).toMatchObject({
      id: done.messageId,
      authorId: agent.accountId,
      body: 'Projet de réponse',
      legalNotice: expect.any(String),
    });
    expect(await view(ticket.id)).toMatchObject({
      status: 'answered',
      assignee: { id: agent.accountId },
      promise: { firstResponse: { state: 'met' } },
    });
    expect(
      await rows(`select actor_id from event where ticket_id = $1 and type = 'ticket.replied'`, [ticket.id]),
    ).toEqual([{ actor_id: agent.accountId }]);
    await told(agent, 'validation_approved', ticket.id);
    expect((await approve(one.id, supervisor, 2).expect(409)).body.code).toBe('already_decided');
  });

  it('two validators at once: it leaves once', async () => {
    const ticket = await open();
    const { body: one } = await validate(ticket.id).expect(201);
    const answers = await Promise.all([approve(one.id, second), approve(one.id, supervisor), approve(one.id, second)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    expect((await bodies(member, ticket.id)).filter((body) => body === 'Projet de réponse')).toHaveLength(1);
  });

  it('an expert who is asked sees the ticket until the verdict; a changed draft wants a new one', async () => {
    const ticket = await open();
    const { body: first } = await validate(ticket.id, agent, { validatorId: expert.accountId }).expect(201);
    expect(await items(expert, '/validations')).toMatchObject([{ id: first.id }]);
    await approve(first.id, second).expect(403);
    const { body: changed } = await validate(ticket.id, agent, {
      body: 'Projet revu',
      validatorId: expert.accountId,
    }).expect(201);
    expect((await approve(first.id, expert).expect(409)).body.code).toBe('already_decided');
    const refuse = await t
      .as(expert, 'post', `/validations/${changed.id}/refusal`)
      .set('if-match', '"v1"')
      .send({ remarks: 'Citez l’article 5.' })
      .expect(200);
    expect(refuse.body).toMatchObject({ state: 'refused', remarks: 'Citez l’article 5.' });
    await t.as(expert, 'get', `/tickets/${ticket.id}`).expect(404);
    await told(agent, 'validation_refused', ticket.id);
    const { body: last } = await validate(ticket.id, agent, {
      body: 'Avec l’article 5',
      validatorId: expert.accountId,
    }).expect(201);
    await approve(last.id, expert).expect(200);
    expect(await bodies(member, ticket.id)).toContain('Avec l’article 5');
    const states = (await items(agent, `/tickets/${ticket.id}/validations`)).map((one: { state: string }) => one.state);
    expect(states).toEqual(['withdrawn', 'refused', 'approved']);
  });

  it('what the association has written meanwhile is read first', async () => {
    const ticket = await open();
    const seen = (await view(ticket.id)).lastMessageId;
    const { body: one } = await validate(ticket.id, agent, { seenMessageId: seen }).expect(201);
    await t.write(member, ticket.id, { body: 'Une précision' }).expect(201);
    expect(await items(second, '/validations')).toMatchObject([{ stale: true }]);
    expect((await approve(one.id, second).expect(409)).body.code).toBe('stale_reply');
    await approve(one.id, second, 1, { force: true }).expect(200);
  });

  it('a supervisor may do without, and the log says why; an agent may not', async () => {
    const ticket = await open();
    await t.write(agent, ticket.id, { body: 'x', validationOverride: 'no_validator' }).expect(400);
    await t.write(supervisor, ticket.id, { body: 'x' }).expect(409);
    await t.write(supervisor, ticket.id, { body: 'Urgent', validationOverride: 'legal_deadline' }).expect(201);
    expect(
      await rows(
        `select data->>'reason' as reason from event where ticket_id = $1 and type = 'validation.overridden'`,
        [ticket.id],
      ),
    ).toEqual([{ reason: 'legal_deadline' }]);
  });

  it('stays in its hub', async () => {
    const ticket = await open();
    const { body: one } = await validate(ticket.id).expect(201);
    await approve(one.id, foreign).expect(404);
    await approve(one.id, stranger).expect(404);
    await validate(ticket.id, foreign).expect(404);
    await validate(ticket.id, second).expect(409);
    await validate(ticket.id, agent, { validatorId: foreign.accountId }).expect(404);
    await validate(ticket.id, agent, { validatorId: agent.accountId }).expect(409);
    await t.as(agent, 'delete', `/tickets/${ticket.id}/validations/${one.id}`).expect(200);
    await approve(one.id, second, 2).expect(409);
  });
});

describe('a reply that waits', () => {
  it('is the hub’s alone until it leaves, once, and meets the promise then', async () => {
    const ticket = await asked();
    const { body: message } = await t.write(agent, ticket.id, { body: 'Bientôt', sendAfterSeconds: 1 }).expect(201);
    expect(message.sendAt).toEqual(expect.any(String));
    expect(await items(agent, `/tickets/${ticket.id}/pending-replies`)).toMatchObject([
      { id: message.id, state: 'waiting' },
    ]);
    expect(await items(member, `/tickets/${ticket.id}/pending-replies`)).toEqual([]);
    expect(await bodies(member, ticket.id)).toHaveLength(1);
    expect((await view(ticket.id)).promise.firstResponse.state).toBe('running');
    await t.until(async () => (await bodies(member, ticket.id)).includes('Bientôt'));
    const { promise, assignee } = await view(ticket.id);
    expect([promise.firstResponse.state, assignee.id]).toEqual(['met', agent.accountId]);
    expect(new Date(promise.firstResponse.metAt).getTime()).toBeGreaterThanOrEqual(new Date(message.sendAt).getTime());
    expect(
      await rows(`select actor_id from event where ticket_id = $1 and type = 'ticket.replied'`, [ticket.id]),
    ).toEqual([{ actor_id: agent.accountId }]);
  });

  it('takes its files along, those of its author only', async () => {
    const ticket = await asked();
    const file = { filename: 'modele.pdf', contentType: 'application/pdf' };
    const bytes = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
    const upload = async (by: TestPerson): Promise<string> =>
      (await t.as(by, 'post', '/uploads').attach('file', bytes, file).expect(201)).body.id;
    const foreignIds = [await upload(second)];
    await t.write(agent, ticket.id, { body: 'x', sendAfterSeconds: 1, uploadIds: foreignIds }).expect(404);
    const uploadIds = [await upload(agent)];
    await t.write(agent, ticket.id, { body: 'Avec modèle', sendAfterSeconds: 1, uploadIds }).expect(201);
    const sent = await t.until(async () =>
      (await items(member, `/tickets/${ticket.id}/messages`)).find(
        (one: { body: string }) => one.body === 'Avec modèle',
      ),
    );
    expect(sent).toMatchObject({ attachments: [{ id: uploadIds[0], name: 'modele.pdf' }] });
  });

  it('can be taken back by its author, not by others, and not after it left', async () => {
    const ticket = await asked();
    const { body: message } = await t.write(agent, ticket.id, { body: 'Oups', sendAfterSeconds: 10 }).expect(201);
    const path = `/tickets/${ticket.id}/pending-replies/${message.id}`;
    await t.as(second, 'delete', path).expect(403);
    await t.as(foreign, 'delete', path).expect(404);
    await t.as(member, 'delete', path).expect(404);
    expect((await t.as(agent, 'delete', path).expect(200)).body).toMatchObject({ state: 'cancelled', body: 'Oups' });
    await t.as(agent, 'delete', path).expect(409);
    await rows('update pending_reply set send_at = now() where id = $1', [message.id]);
    expect(await bodies(agent, ticket.id)).toHaveLength(1);
    await t.write(agent, ticket.id, { body: 'x', sendAfterSeconds: 11 }).expect(400);
    await t.write(member, ticket.id, { body: 'x', sendAfterSeconds: 5 }).expect(400);
  });

  it('is held when something newer came in, and its author is told', async () => {
    const ticket = await asked();
    const seen = (await view(ticket.id)).lastMessageId;
    await t.write(agent, ticket.id, { body: 'Dépassé', seenMessageId: seen, sendAfterSeconds: 1 }).expect(201);
    await t.write(member, ticket.id, { body: 'Attendez' }).expect(201);
    await t.until(
      async () => (await items(agent, `/tickets/${ticket.id}/pending-replies`))[0]?.refusal === 'stale_reply',
    );
    await told(agent, 'reply_held', ticket.id);
  });
});

describe('mentions', () => {
  it('call a colleague by a note', async () => {
    const ticket = await asked();
    const { body } = await t
      .write(agent, ticket.id, { kind: 'note', body: 'Vois-tu ?', mentions: [second.accountId] })
      .expect(201);
    expect(body.mentions).toEqual([second.accountId]);
    await told(second, 'mentioned', ticket.id);
    expect(await items(agent, `/tickets/${ticket.id}/messages`)).toMatchObject([{}, { mentions: [second.accountId] }]);
    const counts = async () => (await t.as(second, 'get', '/me/ticket-counts').expect(200)).body;
    const before = (await counts()).mentions;
    expect(before).toBeGreaterThan(0);
    expect((await items(second, '/tickets?mentions=unread')).map((one: Seen) => one.id)).toContain(ticket.id);
    await t.as(foreign, 'post', `/tickets/${ticket.id}/mentions/read`).expect(404);
    expect((await t.as(second, 'post', `/tickets/${ticket.id}/mentions/read`).expect(200)).body).toEqual({ read: 1 });
    expect((await counts()).mentions).toBe(before - 1);
    expect((await items(second, '/tickets?mentions=all')).map((one: Seen) => one.id)).toContain(ticket.id);
    expect(await items(agent, '/tickets?mentions=all')).toEqual([]);
    for (const id of [foreign.accountId, member.accountId, randomUUID()]) {
      await t.write(agent, ticket.id, { kind: 'note', body: 'x', mentions: [id] }).expect(404);
    }
    await t.write(agent, ticket.id, { body: 'x', mentions: [second.accountId] }).expect(400);
    await t.write(member, ticket.id, { body: 'x', mentions: [second.accountId] }).expect(400);
  });
});

describe('many at once', () => {
  const bulk = (by: TestPerson, body: Record<string, unknown>) => t.as(by, 'post', '/bulk-actions').send(body);
  const undo = (by: TestPerson, id: string) => t.as(by, 'post', `/bulk-actions/${id}/undo`);
  const several = async (n: number): Promise<string[]> =>
    Promise.all(Array.from({ length: n }, async () => (await asked()).id));

  it('is tried first, done row by row, and taken back where nobody has come between', async () => {
    const ids = await several(3);
    const dry = await bulk(agent, { ticketIds: ids, assigneeId: second.accountId, dryRun: true }).expect(200);
    expect(dry.body).toMatchObject({ id: null, done: 3, refused: 0 });
    expect((await view(ids[0])).assignee).toBeNull();
    const { body: done } = await bulk(agent, { ticketIds: ids, assigneeId: second.accountId }).expect(200);
    expect(done).toMatchObject({ done: 3, refused: 0, undoUntil: expect.any(String) });
    expect(await view(ids[1])).toMatchObject({ assignee: { id: second.accountId }, status: 'open' });
    await t.write(second, ids[2], { kind: 'note', body: 'Je m’en occupe' }).expect(201);
    await undo(second, done.id).expect(404);
    const { body: back } = await undo(agent, done.id).expect(200);
    expect(back).toMatchObject({ done: 2, refused: 1 });
    expect(back.rows[2]).toMatchObject({ done: false, refusal: 'precondition_failed' });
    expect(await view(ids[0])).toMatchObject({ assignee: null, status: 'new' });
    expect((await view(ids[2])).assignee.id).toBe(second.accountId);
    expect((await undo(agent, done.id).expect(409)).body.code).toBe('already_decided');
  });

  it('changes tags, priority and status; what nobody answered is not resolved in passing', async () => {
    const ids = await several(2);
    await bulk(agent, { ticketIds: ids, addTags: ['recu', 'urgent_cas'] }).expect(200);
    await bulk(agent, { ticketIds: ids, removeTags: ['recu'] }).expect(200);
    const { body: high } = await bulk(agent, { ticketIds: ids, priority: 'urgent' }).expect(200);
    expect(await view(ids[0])).toMatchObject({ tags: ['urgent_cas'], priority: 'urgent' });
    await rows(`update bulk_action set undo_until = now() where id = $1`, [high.id]);
    expect((await undo(agent, high.id).expect(409)).body.code).toBe('undo_too_late');
    await t.write(agent, ids[0], { body: 'Voici' }).expect(201);
    const { body } = await bulk(agent, { ticketIds: ids, status: 'resolved' }).expect(200);
    expect(body.rows).toMatchObject([{ done: true }, { done: false, refusal: 'status_not_allowed' }]);
  });

  it('one foreign id makes the whole unknown, and nonsense is refused', async () => {
    const ids = await several(2);
    const theirs = await t.world.person(await t.world.association('MS', 'MA-MAR'), 'member');
    const other = (await t.ask(theirs).expect(201)).body.id;
    await bulk(agent, { ticketIds: [...ids, other], priority: 'low' }).expect(404);
    expect((await view(ids[0])).priority).not.toBe('low');
    await bulk(member, { ticketIds: ids, priority: 'low' }).expect(403);
    for (const body of [
      { ticketIds: [], priority: 'low' },
      { ticketIds: ids },
      { ticketIds: ids, priority: 'low', status: 'open' },
      { ticketIds: [ids[0], ids[0]], priority: 'low' },
      { ticketIds: Array.from({ length: 201 }, () => randomUUID()), priority: 'low' },
      { ticketIds: ids, assigneeId: 'you' },
    ]) {
      await bulk(agent, body).expect(400);
    }
  });
});

it('says what climbing would mean, in both languages', async () => {
  const ticket = await asked();
  const { body } = await t.as(agent, 'get', `/tickets/${ticket.id}/escalation-options`).expect(200);
  expect(body.options.map((one: { to: string; available: boolean }) => [one.to, one.available])).toEqual([
    ['expert', true],
    ['supervisor', true],
    ['national', true],
  ]);
  for (const { fr, ar } of [
    ...body.consultation,
    ...body.options.flatMap((one: { consequences: object[] }) => one.consequences),
  ]) {
    expect([fr, ar]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\p{Script=Arabic}/u)]);
  }
  await t.as(foreign, 'get', `/tickets/${ticket.id}/escalation-options`).expect(404);
  await t.as(member, 'get', `/tickets/${ticket.id}/escalation-options`).expect(403);
});

it('counts what the lists hold', async () => {
  const { body } = await t.as(agent, 'get', '/me/ticket-counts').expect(200);
  const open = await items(agent, '/tickets?open=true&limit=100');
  expect(body.hub).toBe(open.length);
  expect(body.mine).toBe(
    open.filter((one: { assignee: { id: string } | null }) => one.assignee?.id === agent.accountId).length,
  );
  expect(body.unassigned).toBe(open.filter((one: { assignee: object | null }) => !one.assignee).length);
  await t.as(member, 'get', '/me/ticket-counts').expect(403);
});
