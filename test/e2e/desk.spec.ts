import { TestApp } from '../support/app';
import type { TestPerson } from '../support/world';

let t: TestApp;
let agent: TestPerson;
let neighbour: TestPerson;
let member: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  agent = await t.world.staff('FM', 'agent', []);
  neighbour = await t.world.staff('MS', 'agent', []);
  member = await t.world.person(await t.world.association('FM', 'MA-FES', 'Association Al Amal'), 'member');
}, 60_000);
afterAll(() => t?.stop());

const peopleSeenBy = async (person: TestPerson): Promise<string[]> =>
  (await t.as(person, 'get', '/colleagues').expect(200)).body.items.map((one: { accountId: string }) => one.accountId);

test('colleagues are those of the own hub who work today, and only the hub asks', async () => {
  const left = await t.world.staff('FM', 'agent', []);
  await t.world.client.query(
    `update membership set valid = daterange('2020-01-01', '2020-02-01') where account_id = $1`,
    [left.accountId],
  );
  const seen = await peopleSeenBy(agent);
  expect(seen).toContain(agent.accountId);
  expect(seen).not.toContain(neighbour.accountId);
  expect(seen).not.toContain(left.accountId);
  expect(await peopleSeenBy(neighbour)).not.toContain(agent.accountId);
  await t.as(member, 'get', '/colleagues').expect(403);
});

test('reasons have names in both languages and say what they do to the clock', async () => {
  const { body } = await t.as(agent, 'get', '/reasons').expect(200);
  expect(body.hold.length).toBeGreaterThan(0);
  expect(body.escalation.length).toBeGreaterThan(0);
  for (const one of [...body.hold, ...body.escalation]) {
    expect(one).toEqual({
      code: expect.stringMatching(/^[a-z_]+$/),
      nameFr: expect.stringMatching(/\S/),
      nameAr: expect.stringMatching(/[\u0600-\u06ff]/),
      pausesClock: expect.any(Boolean),
    });
  }
});
