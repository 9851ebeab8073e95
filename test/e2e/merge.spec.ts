import { randomUUID } from 'node:crypto';
import { VerifyService } from '@app/features/reports/verify.service';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let colleague: TestPerson;
let agent: TestPerson;
let expert: TestPerson;
let stranger: TestPerson;
let association: string;

beforeAll(async () => {
  t = await TestApp.start();
  association = await t.world.association('FM', 'MA-FES');
  member = await t.world.person(association, 'member');
  colleague = await t.world.person(association, 'member');
  agent = await t.world.staff('FM', 'agent', []);
  expert = await t.world.staff('FM', 'expert', []);
  stranger = await t.world.staff('MS', 'supervisor', []);
}, 60_000);
afterAll(() => t?.stop());

interface Seen {
  id: string;
  reference: string;
  version: number;
}
const asked = async (by = member, body: Record<string, unknown> = {}): Promise<Seen> =>
  (await t.ask(by, body).expect(201)).body;
const view = async (id: string, by = agent) => (await t.as(by, 'get', `/tickets/${id}`).expect(200)).body;
const merge = (source: Seen, into: string, by = agent, version = source.version) =>
  t.as(by, 'post', `/tickets/${source.id}/merge`).set('if-match', `"v${version}"`).send({ into });
const undo = (id: string, by = agent) => t.as(by, 'delete', `/tickets/${id}/merge`);
const bodies = async (id: string, by = agent): Promise<string[]> =>
  (await t.as(by, 'get', `/tickets/${id}/messages`).expect(200)).body.items.map((one: { body: string }) => one.body);
const rows = async (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> =>
  (await t.world.client.query(sql, values)).rows;
const clocksOf = (id: string) =>
  rows(
    `select metric, state, due_at, started_at from sla_clock where ticket_id = $1 and metric <> 'holding'
      order by metric, cycle`,
    [id],
  );
const relations = async (id: string, by = agent) =>
  (await t.as(by, 'get', `/tickets/${id}/relations`).expect(200)).body;

describe('merging', () => {
  it('closes the source without meeting its promise, and what it holds is read in the target, in order', async () => {
    const [source, target] = [await asked(member, { body: 'Première' }), await asked(member, { body: 'Deuxième' })];
    await t.write(member, source.id, { body: 'Troisième' }).expect(201);
    await t.write(agent, source.id, { kind: 'note', body: 'Entre nous' }).expect(201);
    const { version } = await view(source.id);
    const { body: merged } = await merge(source, target.reference, agent, version).expect(200);
    expect(merged).toMatchObject({
      source: { status: 'closed', mergedInto: target.id, nextDueAt: null },
      target: { id: target.id, status: 'new' },
    });
    expect((await clocksOf(source.id)).map((one) => one.state)).toEqual(['cancelled', 'cancelled']);
    expect(await bodies(target.id)).toEqual(['Première', 'Deuxième', 'Troisième', 'Entre nous']);
    expect(await bodies(target.id, member)).toEqual(['Première', 'Deuxième', 'Troisième']);
    expect(await bodies(source.id)).toEqual(['Première', 'Troisième', 'Entre nous']);
    expect((await view(target.id)).lastMessageId).toBe(merged.target.lastMessageId);
    expect((await relations(source.id)).mergedInto.ticket.id).toBe(target.id);
    expect((await relations(target.id)).merged).toMatchObject([{ id: merged.id, ticket: { id: source.id } }]);
    const told = await t.until(
      async () =>
        (await rows(`select template from mail_message where ticket_id = $1 and template = 'merged'`, [source.id]))[0],
    );
    expect(told).toBeTruthy();
  });

  it('what the association writes on the source arrives in the target; the hub is sent there', async () => {
    const [source, target] = [await asked(), await asked()];
    await merge(source, target.id).expect(200);
    const { body: message } = await t.write(member, source.id, { body: 'Encore moi' }).expect(201);
    expect(message.ticketId).toBe(target.id);
    expect(await bodies(target.id)).toContain('Encore moi');
    const refused = await t.write(agent, source.id, { body: 'Réponse' }).expect(409);
    expect(refused.body.code).toBe('ticket_merged');
  });

  it('is taken back whole: status, clocks from their own start and pauses, messages', async () => {
    const [source, target] = [await asked(), await asked()];
    await t.write(agent, source.id, { body: 'Laquelle ?', outcome: 'pending' }).expect(201);
    // The holding clock follows the log in its own time and belongs to the hub, not to the promise that comes back.
    const { holding: _, ...promise } = (await view(source.id)).promise;
    const before = { view: await view(source.id), clocks: await clocksOf(source.id) };
    const { last } = { last: (await view(target.id)).lastMessageId };
    await merge(source, target.id, agent, before.view.version).expect(200);
    const { body: after } = await undo(source.id).expect(200);
    expect(after).toMatchObject({ status: 'pending', mergedInto: null, closedAt: null, promise });
    expect(await clocksOf(source.id)).toEqual(before.clocks);
    expect(await bodies(target.id)).toHaveLength(1);
    expect((await view(target.id)).lastMessageId).toBe(last);
    await undo(source.id).expect(409);
    await t
      .as(agent, 'put', `/tickets/${source.id}/status`)
      .set('if-match', `"v${after.version}"`)
      .send({ status: 'open' })
      .expect(200);
  });

  it('a clock that was due meanwhile is late as soon as the merge is taken back', async () => {
    const [source, target] = [await asked(), await asked()];
    await merge(source, target.id).expect(200);
    await rows(`update sla_clock set started_at = started_at - interval '60 days' where ticket_id = $1`, [source.id]);
    await undo(source.id).expect(200);
    const late = () => rows('select 1 from sla_clock where ticket_id = $1 and breached_at is not null', [source.id]);
    await t.until(async () => (await late()).length === 2);
  });

  it('a question that still waits opens the target again, with a new promise', async () => {
    const [source, target] = [await asked(), await asked()];
    await t.write(agent, target.id, { body: 'Voici' }).expect(201);
    const { body } = await merge(source, target.id).expect(200);
    expect(body.target.status).toBe('open');
    const words = await t.as(agent, 'get', `/tickets/${source.id}/events`).expect(200);
    expect(words.body.items.map((one: { type: string }) => one.type)).toContain('clock.cancelled');
  });

  it('chains go along and come back', async () => {
    const [a, b, c] = [await asked(), await asked(), await asked()];
    await merge(a, b.id).expect(200);
    await merge(b, c.id, agent, (await view(b.id)).version).expect(200);
    expect(await bodies(c.id)).toHaveLength(3);
    expect((await view(a.id)).mergedInto).toBe(c.id);
    await undo(b.id).expect(200);
    expect([await bodies(b.id), await bodies(c.id)].map((one) => one.length)).toEqual([2, 1]);
    expect((await view(a.id)).mergedInto).toBe(b.id);
  });

  it('after 24 hours it stays', async () => {
    const [source, target] = [await asked(), await asked()];
    await merge(source, target.id).expect(200);
    await rows(`update ticket_merge set undo_until = now() where source_id = $1`, [source.id]);
    expect((await undo(source.id).expect(409)).body.code).toBe('undo_too_late');
  });

  it('two that cross each other: one merges, the other is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await asked(), await asked()];
      const answers = await Promise.all([merge(a, b.id), merge(b, a.id)]);
      expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
      const pointing = await rows('select 1 from ticket where id = any ($1) and merged_into is not null', [
        [a.id, b.id],
      ]);
      expect(pointing).toHaveLength(1);
    }
  });
});

describe('what stays apart', () => {
  const obstacle = async (source: Seen, into: string, version = source.version) => {
    const { body } = await merge(source, into, agent, version).expect(409);
    return [body.code, body.errors?.[0]?.code];
  };

  it('itself, what is merged, what is closed, other requesters and associations', async () => {
    const [one, two, three] = [await asked(), await asked(), await asked()];
    expect(await obstacle(one, one.id)).toEqual(['merge_not_allowed', 'same_ticket']);
    await merge(one, two.id).expect(200);
    const { version } = await view(one.id);
    expect(await obstacle(one, three.id, version)).toEqual(['merge_not_allowed', 'source_merged']);
    expect(await obstacle(three, one.id)).toEqual(['merge_not_allowed', 'target_merged']);
    expect(await obstacle(three, (await asked(colleague)).id)).toEqual(['merge_not_allowed', 'other_requester']);
    const other = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
    expect(await obstacle(three, (await asked(other)).id)).toEqual(['merge_not_allowed', 'other_association']);
    const closed = await asked();
    for (const [version, status] of [
      [1, 'resolved'],
      [2, 'closed'],
    ]) {
      await t
        .as(agent, 'put', `/tickets/${closed.id}/status`)
        .set('if-match', `"v${version}"`)
        .send({ status })
        .expect(200);
    }
    expect(await obstacle(three, closed.id)).toEqual(['merge_not_allowed', 'target_closed']);
  });

  it('a restricted question goes into no open one', async () => {
    const supervisor = await t.world.staff('FM', 'supervisor', []);
    const [source, target] = [await asked(), await asked()];
    const secret = await t
      .as(supervisor, 'patch', `/tickets/${source.id}`)
      .set('if-match', `"v${source.version}"`)
      .send({ confidentiality: 'restricted' })
      .expect(200);
    const { body } = await merge(source, target.id, supervisor, secret.body.version).expect(409);
    expect(body.errors[0].code).toBe('confidentiality_differs');
    // Who may not see it may not merge it, from either side.
    await merge(source, target.id, agent, secret.body.version).expect(404);
    await merge(target, source.id).expect(404);
  });

  it('another hub’s tickets do not exist, in the path as in the body', async () => {
    const [ours, second] = [await asked(), await asked()];
    const theirs = await t.world.person(await t.world.association('MS', 'MA-MAR'), 'member');
    const foreign = await asked(theirs);
    await merge(ours, foreign.id).expect(404);
    await merge(ours, foreign.reference).expect(404);
    await merge(foreign, ours.id).expect(404);
    await merge(ours, second.id, stranger).expect(404);
    await merge(ours, second.id, member).expect(403);
    await merge(ours, second.id, expert).expect(403);
    await merge(ours, randomUUID()).expect(404);
    await t.as(agent, 'post', `/tickets/${ours.id}/links`).send({ ticket: foreign.id, kind: 'related' }).expect(404);
    await t.as(stranger, 'get', `/tickets/${ours.id}/relations`).expect(404);
    await t.as(agent, 'get', `/tickets/${ours.id}/merge-preview?into=${foreign.id}`).expect(404);
    expect((await view(ours.id)).version).toBe(ours.version);
  });

  it('needs the version that was read', async () => {
    const [source, target] = [await asked(), await asked()];
    await merge(source, target.id, agent, 9).expect(412);
    await t.as(agent, 'post', `/tickets/${source.id}/merge`).send({ into: target.id }).expect(428);
  });

  it('says beforehand what it would do, in both languages', async () => {
    const [source, target] = [await asked(), await asked()];
    const { body } = await t
      .as(agent, 'get', `/tickets/${source.id}/merge-preview?into=${target.reference}`)
      .expect(200);
    expect(body).toMatchObject({ obstacle: null, reopensTarget: false, source: { id: source.id } });
    for (const { fr, ar } of body.consequences)
      expect([fr, ar]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\p{Script=Arabic}/u)]);
  });
});

describe('splitting', () => {
  const split = (ticket: Seen, messageIds: string[], by = agent, key: string = randomUUID()) =>
    t
      .as(by, 'post', `/tickets/${ticket.id}/splits`)
      .set('idempotency-key', key)
      .send({ messageIds, subject: 'La seconde question' });

  it('begins a ticket with its own promise and a link, once, and is taken back', async () => {
    const ticket = await asked(member, { body: 'Première' });
    const { body: message } = await t.write(member, ticket.id, { body: 'Autre chose : la subvention ?' }).expect(201);
    const { body: note } = await t.write(agent, ticket.id, { kind: 'note', body: 'À séparer' }).expect(201);
    const key = randomUUID();
    const { body: made } = await split(ticket, [message.id, note.id], agent, key).expect(201);
    expect((await split(ticket, [message.id, note.id], agent, key).expect(201)).body).toEqual(made);
    expect(made.ticket).toMatchObject({
      status: 'new',
      subject: 'La seconde question',
      promise: { firstResponse: { state: 'running' } },
    });
    expect(await bodies(made.ticket.id)).toEqual(['Autre chose : la subvention ?', 'À séparer']);
    expect(await bodies(made.ticket.id, member)).toEqual(['Autre chose : la subvention ?']);
    expect((await relations(ticket.id)).links).toMatchObject([
      { kind: 'split', ticket: { id: made.ticket.id }, undoUntil: made.undoUntil },
    ]);
    await t.write(member, made.ticket.id, { body: 'Alors ?' }).expect(201);
    const { body: back } = await t.as(agent, 'delete', `/tickets/${made.ticket.id}/split`).expect(200);
    expect(back).toMatchObject({ status: 'closed', mergedInto: ticket.id });
    expect(await bodies(ticket.id)).toEqual(['Première', 'Autre chose : la subvention ?', 'À séparer', 'Alors ?']);
    await t.as(agent, 'delete', `/tickets/${made.ticket.id}/split`).expect(409);
  });

  it('needs a question, of this ticket, from somebody who may', async () => {
    const [ticket, other] = [await asked(), await asked()];
    const { body: note } = await t.write(agent, ticket.id, { kind: 'note', body: 'Note' }).expect(201);
    const foreign = (await view(other.id)).lastMessageId;
    const own = (await view(ticket.id)).lastMessageId;
    await split(ticket, [note.id]).expect(400);
    await split(ticket, [foreign]).expect(404);
    await split(ticket, [own], stranger).expect(404);
    await split(ticket, [own], member).expect(403);
    await split(ticket, []).expect(400);
    await t.as(agent, 'delete', `/tickets/${ticket.id}/split`).expect(409);
  });
});

describe('links', () => {
  it('stand on both sides, once, and can be taken away', async () => {
    const [one, two] = [await asked(), await asked()];
    const link = (from: Seen, to: Seen, kind: string) =>
      t.as(agent, 'post', `/tickets/${from.id}/links`).send({ ticket: to.reference, kind });
    const { body } = await link(one, two, 'related').expect(201);
    expect(body.links).toMatchObject([{ kind: 'related', direction: 'from', ticket: { id: two.id } }]);
    expect((await link(two, one, 'related').expect(409)).body.code).toBe('already_exists');
    await link(one, one, 'duplicate').expect(400);
    await link(one, two, 'split').expect(400);
    expect((await relations(two.id)).links).toMatchObject([{ direction: 'to', ticket: { id: one.id } }]);
    await t.as(stranger, 'delete', `/tickets/${one.id}/links/${body.links[0].id}`).expect(404);
    const gone = await t.as(agent, 'delete', `/tickets/${two.id}/links/${body.links[0].id}`).expect(200);
    expect(gone.body.links).toEqual([]);
    await t.as(agent, 'delete', `/tickets/${two.id}/links/${body.links[0].id}`).expect(404);
  });
});

it('figures, clocks and seals agree with the log', async () => {
  await t.until(async () => (await rows('select 1 from outbox where done_at is null limit 1', [])).length === 0);
  expect(await t.app.get(VerifyService, { strict: false }).verify()).toEqual([]);
});
