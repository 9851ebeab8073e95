import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { apiClient } from '@app/contract/client';
import { TestApp } from '../support/app';
import { PASSWORD, type TestPerson } from '../support/world';

let t: TestApp;
let member: TestPerson;

beforeAll(async () => {
  t = await TestApp.start();
  member = await t.world.person(await t.world.association('MS', 'MA-SAF'), 'member');
}, 60_000);
afterAll(() => t?.stop());

test('the generated client signs in, asks and reads, with the types of the contract', async () => {
  const signedIn = await apiClient(t.url).POST('/api/v1/sessions', {
    body: { email: member.email, password: PASSWORD },
  });
  const api = apiClient(t.url, signedIn.data!.token);
  const asked = await api.POST('/api/v1/tickets', {
    params: { header: { 'Idempotency-Key': randomUUID() } },
    body: {
      subject: 'Changer de siège',
      body: 'Notre siège a changé de quartier. Faut-il le déclarer ?',
      categoryCode: 'STA.03',
    },
  });
  expect(asked.response.status).toBe(201);
  const { reference, hub, promise } = asked.data!;
  expect([hub.code, promise.firstResponse?.metric]).toEqual(['MS', 'first_response']);
  const read = await api.GET('/api/v1/tickets/{ticket}', { params: { path: { ticket: reference } } });
  expect(read.data?.subject).toBe('Changer de siège');
});

test('the contract and its page are served, and the page may load only its own files', async () => {
  const contract = await request(t.url).get('/api/openapi.json').expect(200);
  expect(contract.body.openapi).toMatch(/^3\.1/);
  expect(contract.body.components.schemas.TicketView.properties.promise).toBeDefined();
  const page = await request(t.url).get('/api/docs').expect(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  await request(t.url).get('/api/docs/swagger-ui-bundle.js').expect(200);
});
