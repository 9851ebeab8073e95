import request from 'supertest';
import { v7 as uuid } from 'uuid';
import type { TestApp } from './app';
import type { TestPerson } from './world';

/** A hub that answers day and night, with a telephone system. */
export interface PhoneHub {
  hubId: string;
  supervisor: TestPerson;
  integrationId: string;
  token: string;
}

export async function phoneHub(
  t: TestApp,
  code: string,
  integration: Record<string, unknown> = {},
  level = 'L2',
): Promise<PhoneHub> {
  const hubId = t.world.hubs[code];
  const supervisor = await t.world.staff(code, 'supervisor', ['fr', 'ar'], true);
  await alwaysOpen(t, hubId, supervisor);
  await t.as(supervisor, 'patch', `/hubs/${hubId}/telephony`).set('if-match', '"v1"').send({ level }).expect(200);
  const body = { name: 'Standard', provider: 'zammad', ...integration };
  const { body: added } = await t
    .as(supervisor, 'post', `/hubs/${hubId}/telephony/integrations`)
    .send(body)
    .expect(201);
  return { hubId, supervisor, integrationId: added.id, token: added.token };
}

/** Whatever day and hour the test runs. */
async function alwaysOpen(t: TestApp, hubId: string, supervisor: TestPerson): Promise<void> {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const week = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]]));
  await t.world.client.query(
    `insert into calendar_version (id, calendar_id, version, definition, published_at)
     select $2, h.calendar_id, 1 + (select max(version) from calendar_version v where v.calendar_id = h.calendar_id), $3, now() from hub h where h.id = $1`,
    [hubId, uuid(), JSON.stringify({ zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] })],
  );
  await t.until(async () => {
    const { body } = await t.as(supervisor, 'get', '/callbacks/slots').expect(200);
    return body.items.length > 100;
  });
}

/** Posts an event as a telephone system does. */
export function post(
  t: TestApp,
  token: string,
  body: string | object,
  headers: Record<string, string> = {},
): request.Test {
  const call = request(t.url).post(`/api/v1/telephony/${token}`);
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
  return call.set('content-type', type).set(headers).send(body);
}
