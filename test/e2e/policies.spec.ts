import type { PolicyDefinition } from '@app/domain/sla-policy';
import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;
let agent: TestPerson;
let supervisor: TestPerson;
let neighbour: TestPerson;
let coordinator: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  const association = await t.world.association('FM', 'MA-FES', 'Association Al Amal');
  member = await t.world.person(association, 'member');
  // Without a written language the dispatcher leaves the tickets to the test.
  agent = await t.world.staff('FM', 'agent', []);
  supervisor = await t.world.staff('FM', 'supervisor', []);
  neighbour = await t.world.staff('MS', 'supervisor', []);
  coordinator = await t.world.coordinator();
}, 60_000);
afterAll(() => t?.stop());

interface Policy {
  id: string;
  code: string;
  version: number;
  versionId: string;
  hub: { code: string } | null;
  definition: PolicyDefinition;
}

const policies = async (by: TestPerson): Promise<Policy[]> =>
  (await t.as(by, 'get', '/sla/policies').expect(200)).body.items;
const policy = async (code: string, by = coordinator): Promise<Policy> =>
  (await policies(by)).find((one) => one.code === code)!;
const faster = (definition: PolicyDefinition, factor: number): PolicyDefinition => ({
  ...definition,
  targets: definition.targets.map((one) => ({ ...one, minutes: Math.max(1, Math.round(one.minutes * factor)) })),
});
const done = (id: string) =>
  t.until(async () => {
    const { body } = await t.as(coordinator, 'get', `/sla/changes/${id}`).expect(200);
    return body.state === 'done' && body;
  });

describe('policies', () => {
  it('are read in order, with names and versions; a member does not read them', async () => {
    const items = await policies(agent);
    expect(items.map((one) => one.code).slice(0, 2)).toEqual(['SAFETY', 'LEGAL-DEADLINE']);
    expect(items[0]).toMatchObject({
      version: 1,
      hub: null,
      active: true,
      yours: false,
      nameAr: expect.stringMatching(/\p{Script=Arabic}/u),
    });
    const one = await t.as(coordinator, 'get', `/sla/policies/${items[0].id}`).expect(200);
    expect(one.headers.etag).toBe('"v1"');
    expect(one.body).toMatchObject({ yours: true, versions: [{ version: 1 }] });
    await t.as(member, 'get', '/sla/policies').expect(403);
  });

  it('a publication does to open clocks exactly what its impact said, and the history says why', async () => {
    const [first, second] = [(await t.ask(member).expect(201)).body, (await t.ask(member).expect(201)).body];
    const before = await policy('LEGAL-DEADLINE');
    const body = { definition: faster(before.definition, 0.5) };
    const { body: impact } = await t
      .as(coordinator, 'post', `/sla/policies/${before.id}/impact`)
      .send(body)
      .expect(200);
    expect(impact).toMatchObject({ movedClocks: 4, movedTickets: 2, becomeLate: 0, becomeEarlier: 4, tickets: [] });
    expect(impact.byHub).toEqual([{ hub: expect.objectContaining({ code: 'FM' }), moved: 4, late: 0 }]);
    expect((await policy('LEGAL-DEADLINE')).version).toBe(1);
    const publish = (version: string) =>
      t.as(coordinator, 'post', `/sla/policies/${before.id}/publish`).set('if-match', version).send(body);
    await publish('"v7"').expect(412);
    const { body: published } = await publish('"v1"').expect(200);
    expect(published.policy).toMatchObject({ version: 2, code: 'LEGAL-DEADLINE' });
    expect(published.policy.publishedByName).toBe((await t.as(coordinator, 'get', '/me').expect(200)).body.name);
    const { body: earlier } = await t.as(supervisor, 'get', `/sla/policies/${before.id}/versions/1`).expect(200);
    expect(earlier).toMatchObject({ version: 1, definition: { targets: before.definition.targets } });
    await t.as(supervisor, 'get', `/sla/policies/${before.id}/versions/9`).expect(404);
    expect(await done(published.change.id)).toMatchObject({
      clocksMoved: 4,
      ticketsMoved: 2,
      clocksLate: 0,
      why: 'policy',
    });
    for (const { id, promise } of [first, second]) {
      const { body: now } = await t.as(member, 'get', `/tickets/${id}`).expect(200);
      expect(now.promise.firstResponse).toMatchObject({ targetMinutes: promise.firstResponse.targetMinutes / 2 });
      expect(now.nextDueAt).toBe(now.promise.firstResponse.dueAt);
      expect(Date.parse(now.nextDueAt)).toBeLessThan(Date.parse(promise.firstResponse.dueAt));
      const { body: history } = await t.as(supervisor, 'get', `/tickets/${id}/events`).expect(200);
      const moves = history.items.filter((one: { type: string }) => one.type === 'clock.moved');
      expect(moves.map((one: { text: object }) => one.text)).toContainEqual({
        fr: 'Échéance recalculée : première réponse (règles de délais modifiées)',
        ar: 'أعيد احتساب الأجل: الجواب الأول (تعديل قواعد الآجال)',
      });
    }
    const created = (await t.ask(member).expect(201)).body;
    expect(created.promise.firstResponse.targetMinutes).toBe(first.promise.firstResponse.targetMinutes / 2);
  });

  it('a hub promises faster and never slower; the coordinator sets the floor', async () => {
    const floor = await policy('LEGAL-DEADLINE');
    const own = { ...floor.definition, key: 'FES-FAST', nameFr: 'Fès plus vite', nameAr: 'فاس أسرع', position: 200 };
    const slow = { definition: faster(own, 2) };
    const refused = await t.as(supervisor, 'post', '/sla/policies').send(slow).expect(400);
    expect(refused.body.errors[0]).toMatchObject({
      pointer: '/definition/targets/0/minutes',
      code: 'slower_than_floor',
    });
    await t
      .as(supervisor, 'post', `/sla/policies/${floor.id}/impact`)
      .send({ definition: floor.definition })
      .expect(403);
    const asked = (await t.ask(member).expect(201)).body;
    const body = { definition: faster(own, 0.5) };
    const { body: impact } = await t.as(supervisor, 'post', '/sla/policies/impact').send(body).expect(200);
    expect(impact.tickets.map((one: { reference: string }) => one.reference)).toContain(asked.reference);
    expect(impact.tickets[0]).toMatchObject({
      before: { local: expect.stringMatching(/[+-]\d\d:\d\d$/) },
      late: false,
    });
    const { body: published } = await t.as(supervisor, 'post', '/sla/policies').send(body).expect(201);
    expect(await done(published.change.id)).toMatchObject({ clocksMoved: impact.movedClocks });
    expect((await policies(neighbour)).map((one) => one.code)).not.toContain('FES-FAST');
    await t.as(neighbour, 'get', `/sla/policies/${published.policy.id}`).expect(404);
    const { body: now } = await t.as(member, 'get', `/tickets/${asked.id}`).expect(200);
    expect(now.promise.firstResponse.targetMinutes).toBe(asked.promise.firstResponse.targetMinutes / 2);
    // The programme becomes faster than the hub: the hub's policy ends, and the impact says so first.
    const tight = { definition: faster(floor.definition, 0.25) };
    const { body: foretold } = await t
      .as(coordinator, 'post', `/sla/policies/${floor.id}/impact`)
      .send(tight)
      .expect(200);
    expect(foretold.endsHubPolicies).toEqual([
      expect.objectContaining({ code: 'FES-FAST', hub: expect.objectContaining({ code: 'FM' }) }),
    ]);
    const { body: tightened } = await t
      .as(coordinator, 'post', `/sla/policies/${floor.id}/publish`)
      .set('if-match', `"v${floor.version}"`)
      .send(tight)
      .expect(200);
    expect(await done(tightened.change.id)).toMatchObject({ clocksMoved: foretold.movedClocks });
    expect(await policy('FES-FAST', supervisor)).toMatchObject({ active: false });
  });

  it('a policy for a kind of association applies from the first question on, and after a change', async () => {
    const { definition } = await policy('LEGAL-DEADLINE');
    const conditions = [{ field: 'association_type', op: 'in', values: ['association'] }];
    const draft = { ...definition, key: 'ASSOCIATIONS', position: 10_000, conditions };
    const given = {
      definition: { ...draft, position: 300, targets: definition.targets.map((one) => ({ ...one, minutes: 7 })) },
    };
    const list = (await policies(coordinator)).filter((one) => one.hub === null).map((one) => one.definition.position);
    expect(list).toContain(300);
    await t.as(coordinator, 'post', '/sla/policies').send(given).expect(400);
    given.definition.position = 10_000;
    await t.as(coordinator, 'post', '/sla/policies').send(given).expect(400);
    const resolved = (await t.ask(member).expect(201)).body;
    await t.write(agent, resolved.id, { body: 'Voici la réponse.', outcome: 'resolved' }).expect(201);
    const own = { definition: { ...given.definition, position: 200 } };
    const { body } = await t.as(supervisor, 'post', '/sla/policies').send(own).expect(201);
    await done(body.change.id);
    // A ticket of which no promise is open is promised anew by what holds when it is reopened, and its history says so.
    await t.write(member, resolved.id, { body: 'Le problème est revenu.' }).expect(201);
    const { body: reopened } = await t.as(member, 'get', `/tickets/${resolved.id}`).expect(200);
    expect(reopened).toMatchObject({ status: 'open', promise: { resolution: { targetMinutes: 7, state: 'running' } } });
    const { rows: begun } = await t.world.client.query(
      `select distinct policy_version_id from sla_clock where ticket_id = $1 and state = 'running' and metric <> 'holding'`,
      [resolved.id],
    );
    expect(begun).toEqual([{ policy_version_id: body.policy.versionId }]);
    const { body: told } = await t.as(supervisor, 'get', `/tickets/${resolved.id}/events`).expect(200);
    expect(told.items.map((one: { text: object }) => one.text)).toContainEqual({
      fr: 'Nouveau délai promis : résolution (règles et horaires en vigueur à ce moment)',
      ar: 'أجل جديد: الحل (القواعد والأوقات المعمول بها حينها)',
    });
    const asked = (await t.ask(member).expect(201)).body;
    expect(asked.promise.firstResponse.targetMinutes).toBe(7);
    const changed = await t
      .as(supervisor, 'patch', `/tickets/${asked.id}`)
      .set('if-match', `"v${asked.version}"`)
      .send({ language: 'ar' })
      .expect(200);
    expect(changed.body.promise.firstResponse.targetMinutes).toBe(7);
    const { body: ended } = await t
      .as(supervisor, 'post', `/sla/policies/${body.policy.id}/publish`)
      .set('if-match', '"v1"')
      .send({ ...own, active: false })
      .expect(200);
    expect(ended.policy.active).toBe(false);
    await done(ended.change.id);
    const { body: now } = await t.as(member, 'get', `/tickets/${asked.id}`).expect(200);
    expect(now.promise.firstResponse.targetMinutes).toBeGreaterThan(7);
  });

  it('a ticket that goes to another hub is promised by what holds there, counted from its own start', async () => {
    const { definition } = await policy('LEGAL-DEADLINE');
    const own = { ...faster(definition, 0.5), key: 'MS-FAST', nameFr: 'Plus vite', nameAr: 'أسرع', position: 200 };
    const { body: fast } = await t.as(neighbour, 'post', '/sla/policies').send({ definition: own }).expect(201);
    const person = await t.world.person(await t.world.association('FM', 'MA-SEF'), 'member');
    const asked = (await t.ask(person).expect(201)).body;
    await t.world.client.query(
      `insert into territory (id, place_code, hub_id, role, valid) values (gen_random_uuid(), 'MA-SEF', $1, 'managing', daterange(current_date - 1, null))`,
      [t.world.hubs.MS],
    );
    await t.until(async () => (await t.ask(person)).body.hub.code === 'MS', 20_000);
    const { body: seen } = await t.as(supervisor, 'get', `/tickets/${asked.id}`).expect(200);
    const { body: moved } = await t
      .as(supervisor, 'post', `/tickets/${asked.id}/routing`)
      .set('if-match', `"v${seen.version}"`)
      .expect(200);
    for (const metric of ['firstResponse', 'resolution']) {
      const [before, after] = [asked.promise[metric], moved.promise[metric]];
      expect(after).toMatchObject({
        id: before.id,
        startedAt: before.startedAt,
        targetMinutes: Math.round(before.targetMinutes / 2),
      });
      expect(Date.parse(after.dueAt)).toBeLessThan(Date.parse(before.dueAt));
    }
    expect(moved.nextDueAt).toBe(moved.promise.firstResponse.dueAt);
    const { body: history } = await t.as(neighbour, 'get', `/tickets/${asked.id}/events`).expect(200);
    expect(history.items.map((one: { text: object }) => one.text)).toContainEqual({
      fr: 'Échéance recalculée : résolution (autre pôle)',
      ar: 'أعيد احتساب الأجل: الحل (قطب آخر)',
    });
    await t
      .as(neighbour, 'post', `/sla/policies/${fast.policy.id}/publish`)
      .set('if-match', '"v1"')
      .send({ definition: own, active: false })
      .expect(200);
  });

  it('another order is tried and published', async () => {
    const list = (await policies(coordinator)).filter((one) => one.hub === null);
    const ids = list.map((one) => one.id);
    const swapped = [ids[1], ids[0], ...ids.slice(2)];
    await t.as(coordinator, 'post', '/sla/policies/order/impact').send({ ids: swapped }).expect(200);
    const refused = await t
      .as(coordinator, 'post', '/sla/policies/order')
      .send({ ids: [ids.at(-1), ...ids.slice(0, -1)] })
      .expect(400);
    expect(refused.body.errors.length).toBeGreaterThan(0);
    const { body: change } = await t.as(coordinator, 'post', '/sla/policies/order').send({ ids: swapped }).expect(200);
    await done(change.id);
    expect((await policies(agent)).map((one) => one.code).slice(0, 2)).toEqual(['LEGAL-DEADLINE', 'SAFETY']);
  });

  it.each([
    ['no target', { targets: [] }, '/definition/targets', 'required'],
    [
      'an unknown category',
      { conditions: [{ field: 'category', op: 'in', values: ['XYZ.01'] }] },
      '/definition/conditions/0/values/0',
      'unknown',
    ],
    [
      'conditions that exclude each other',
      {
        conditions: [
          { field: 'category', op: 'in', values: ['CRE.04'] },
          { field: 'category_prefix', op: 'in', values: ['FIN'] },
        ],
      },
      '/definition/conditions/1',
      'never_matches',
    ],
    ['what an earlier policy takes', { position: 9_900 }, '/definition/conditions', 'never_matches'],
    ['a position that is taken', { position: 100 }, '/definition/position', 'duplicate'],
  ])('refuses %s, and publishes nothing', async (_, wrong, pointer, code) => {
    const { definition } = await policy('PHONE');
    const given = { definition: { ...definition, key: 'NEW', position: 5_000, ...wrong } };
    for (const route of ['/sla/policies/impact', '/sla/policies']) {
      const { body } = await t.as(coordinator, 'post', route).send(given).expect(400);
      expect(body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    }
    expect(await policy('NEW')).toBeUndefined();
  });
});
