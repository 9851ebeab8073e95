import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { loadAssociations } from '@app/db/reference/associations';
import { loadReference } from '@app/db/reference/load';
import type { AssociationView } from '@app/features/directory/association-view.dto';
import type { ContactView } from '@app/features/directory/contact-view.dto';
import { IdentityModule } from '@app/features/identity/identity.module';
import { AccessGuard } from '@app/platform/access.guard';
import { Clock } from '@app/platform/clock';
import { readConfig } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { createHttpApp } from '@app/platform/http-app';
import { DirectoryApiModule } from '../../apps/api/src/directory-api.module';
import { createTestDatabase, type TestDatabase } from '../support/database';

const REFERENCE = path.resolve(__dirname, '../../config/reference');
/** A Monday, open. */
const NOW = new Date('2026-11-23T10:00:00Z');

class FixedClock extends Clock {
  at = NOW;
  override now(): Date {
    return this.at;
  }
}

type Who = 'agentFm' | 'supervisorFm' | 'agentMs' | 'managerFm' | 'memberFm' | 'coordinator';
interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown> & { code?: string; errors?: { pointer: string; code: string }[] };
}

const clock = new FixedClock();
const tokens = {} as Record<Who, string>;
let database: TestDatabase;
let admin: Client;
let app: NestFastifyApplication;
let hubs: Record<string, string>;
let ownId: string;
let twinId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await loadReference(admin, REFERENCE);
  await loadAssociations(admin, REFERENCE, NOW);
  hubs = Object.fromEntries(
    (await rows<{ code: string; id: string }>('select code, id from hub')).map((h) => [h.code, h.id]),
  );
  [ownId, twinId] = await firstOf('FM', 2);
  await signIn();
  app = await start();
});

afterAll(async () => {
  await app?.close();
  await admin?.end();
  await database?.drop();
});

async function start(): Promise<NestFastifyApplication> {
  const config = readConfig({ DATABASE_URL: database.appUrl, LOG_LEVEL: 'fatal' });
  @Module({
    imports: [DatabaseModule.forRoot(config, { clock }), IdentityModule, DirectoryApiModule],
    providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
  })
  class DirectoryTestModule {}
  const made = await createHttpApp(DirectoryTestModule, config);
  made.setGlobalPrefix('api/v1');
  await made.init();
  return made;
}

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await admin.query<T>(sql, values)).rows;
}

async function firstOf(hub: string, count: number): Promise<string[]> {
  const found = await rows<{ id: string }>('select id from association where hub_id = $1 order by code limit $2', [
    hubs[hub],
    count,
  ]);
  return found.map((row) => row.id);
}

async function signIn(): Promise<void> {
  const people: [Who, string, string, string | null, string | null][] = [
    ['agentFm', 'hub', 'agent', hubs.FM, null],
    ['supervisorFm', 'hub', 'supervisor', hubs.FM, null],
    ['agentMs', 'hub', 'agent', hubs.MS, null],
    ['managerFm', 'association', 'manager', hubs.FM, ownId],
    ['memberFm', 'association', 'member', hubs.FM, ownId],
    ['coordinator', 'national', 'coordinator', null, null],
  ];
  for (const [who, kind, role, hub, association] of people) {
    const [account, membership] = [uuid(), uuid()];
    tokens[who] = randomBytes(32).toString('base64url');
    await rows(`insert into account (id, email, password_hash, name, created_at) values ($1, $2, 'none', $3, now())`, [
      account,
      `${who}@example.org`,
      who,
    ]);
    await rows(
      'insert into membership (id, account_id, kind, role, hub_id, association_id) values ($1, $2, $3, $4, $5, $6)',
      [membership, account, kind, role, hub, association],
    );
    await rows(
      `insert into session (id, token_hash, account_id, membership_id, created_at, expires_at) values ($1, $2, $3, $4, now(), now() + '1 day')`,
      [uuid(), createHash('sha256').update(tokens[who]).digest(), account, membership],
    );
  }
}

async function ask(
  who: Who,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${tokens[who]}`, ...headers },
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, etag: answer.headers.etag as string | undefined, body: answer.json() };
}

const get = (who: Who, url: string, query: Record<string, string> = {}) =>
  ask(who, 'GET', `${url}?${new URLSearchParams(query).toString()}`);

async function patch(who: Who, url: string, body: object, etag?: string): Promise<Answer> {
  const tag = etag ?? (await get(who, url)).etag;
  return ask(who, 'PATCH', url, body, tag ? { 'if-match': tag } : {});
}

const idsOf = (answer: Answer) => (answer.body.items as { id: string }[]).map((one) => one.id);
const pointers = (answer: Answer) => (answer.body.errors ?? []).map((one) => `${one.pointer} ${one.code}`);

async function lastEvent(): Promise<Record<string, unknown>> {
  const [row] = await rows<Record<string, unknown>>(
    'select type, hub_id, association_id, entity_version, data from event order by id desc limit 1',
  );
  return row;
}

let serial = 0;
const newNames = () => ({ nameFr: `Association essai ${++serial} Zitouna`, nameAr: `جمعية تجربة ${serial} الزيتونة` });

async function newAssociation(body: object = {}): Promise<AssociationView> {
  const answer = await ask('agentFm', 'POST', '/associations', { ...newNames(), placeCode: 'MA-FES', ...body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as unknown as AssociationView;
}

async function newContact(body: object = {}): Promise<ContactView> {
  const answer = await ask('agentFm', 'POST', '/contacts', { name: 'Amina Essai', ...body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as unknown as ContactView;
}

describe('associations', () => {
  it('are listed in pages without gap or repetition, in the order of names', async () => {
    const expected = await rows<{ id: string }>('select id from association where hub_id = $1 order by folded, id', [
      hubs.FM,
    ]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer = await get('agentFm', '/associations', { limit: '7', ...(cursor ? { cursor } : {}) });
      seen.push(...idsOf(page));
      cursor = page.body.nextCursor as string | null;
    } while (cursor);
    expect(seen).toEqual(expected.map((row) => row.id));
  });

  it('go on from a cursor only for the same person and the same filters', async () => {
    const cursor = String((await get('agentFm', '/associations', { limit: '2' })).body.nextCursor);
    const codes = await Promise.all([
      get('supervisorFm', '/associations', { cursor }),
      get('agentFm', '/associations', { cursor, q: 'jam' }),
      get('agentFm', '/contacts', { cursor }),
      get('agentFm', '/associations', { cursor: `${cursor}x` }),
      get('agentFm', '/associations', { cursor }),
    ]);
    const refused = Array.from({ length: 4 }, () => [400, 'invalid_cursor']);
    expect(codes.map(({ status, body }) => [status, body.code])).toEqual([...refused, [200, undefined]]);
  });

  it('are found by any spelling of a name, a receipt number, a telephone', async () => {
    const { id } = await newAssociation({
      nameFr: "Association Éléphant d'Été",
      nameAr: 'جمعيَّة الأُسرة الكُبرى',
      receipts: [{ state: 'final', number: 'N° ٧٧١/٢٠٢٤' }],
    });
    await newContact({ associationId: id, phones: ['0685 00 99 01'] });
    const spellings = [
      'elephant ete',
      'ÉLÉPH',
      'اسره كبري',
      'الاسرة',
      '771/2024',
      '7712024',
      '00212 685009901',
      '٠٦٨٥٠٠٩٩٠١',
    ];
    for (const q of spellings) expect([q, idsOf(await get('agentFm', '/associations', { q }))]).toEqual([q, [id]]);
    for (const q of ['elephant hiver', '!!!', '%', '0685009902']) {
      expect([q, idsOf(await get('agentFm', '/associations', { q }))]).toEqual([q, []]);
    }
  });

  it('of a region include its provinces; an unknown place is refused', async () => {
    const expected = await rows<{ id: string }>(
      `select a.id from association a join place p on p.code = a.place_code where hub_id = $1 and p.parent_code = 'MA-03'`,
      [hubs.FM],
    );
    const found = idsOf(await get('agentFm', '/associations', { placeCode: 'MA-03', limit: '100' }));
    expect([...found].sort()).toEqual(expected.map((row) => row.id).sort());
    expect(pointers(await get('agentFm', '/associations', { placeCode: 'MA-ZZZ' }))).toEqual(['?placeCode unknown']);
  });

  it('are their own only for their people, and nothing for the coordinator', async () => {
    for (const who of ['managerFm', 'memberFm'] as const) {
      expect(idsOf(await get(who, '/associations'))).toEqual([ownId]);
      expect((await get(who, `/associations/${ownId}`)).status).toBe(200);
      expect((await get(who, `/associations/${twinId}`)).status).toBe(404);
    }
    expect((await get('coordinator', '/associations')).status).toBe(403);
  });

  it('are created in the hub that answers for the place, with a trace that holds no text', async () => {
    const body = {
      ...newNames(),
      placeCode: 'MA-FES',
      domains: ['social'],
      mandate: { years: 4, lastAssemblyOn: '2024-02-29' },
    };
    const answer = await ask('agentFm', 'POST', '/associations', body);
    expect(answer).toMatchObject({ status: 201, etag: '"v1"', body: { ...body, hubId: hubs.FM, verified: false } });
    expect(answer.body.mandate).toEqual({ years: 4, lastAssemblyOn: '2024-02-29', nextRenewalOn: '2028-02-29' });
    const id = answer.body.id;
    expect(await lastEvent()).toEqual({
      type: 'association.created',
      hub_id: hubs.FM,
      association_id: id,
      entity_version: 1,
      data: { associationId: id },
    });
    const elsewhere = await ask('agentFm', 'POST', '/associations', { ...newNames(), placeCode: 'MA-MAR' });
    expect([elsewhere.status, pointers(elsewhere)]).toEqual([400, ['/placeCode other_hub']]);
    expect((await ask('managerFm', 'POST', '/associations', body)).status).toBe(403);
  });

  it('of the same names at the same place exist once, also when two people create them together', async () => {
    const { nameFr, nameAr } = newNames();
    const spellings = [nameFr, nameFr.toUpperCase(), `${nameFr} `, nameFr];
    const answers = await Promise.all(
      spellings.map((name) => ask('agentFm', 'POST', '/associations', { nameFr: name, nameAr, placeCode: 'MA-FES' })),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([201, 409, 409, 409]);
    expect(answers.find((one) => one.status === 409)?.body.code).toBe('already_exists');
    const other = await newAssociation();
    expect((await patch('agentFm', `/associations/${other.id}`, { nameFr, nameAr })).status).toBe(409);
    await newAssociation({ nameFr, nameAr, placeCode: 'MA-MEK' });
  });

  it('that may be the same are proposed with the reason', async () => {
    const { id, nameFr } = await newAssociation({ receipts: [{ state: 'provisional', number: 'P 9931/2026' }] });
    await newContact({ associationId: id, phones: ['0685009911'] });
    const found = async (query: Record<string, string>) =>
      (await get('agentFm', '/associations/duplicates', query)).body.items;
    expect(await found({ name: nameFr, phone: '+212 685-009911', receipt: '9931/2026' })).toEqual([
      expect.objectContaining({ id, reasons: ['name', 'phone', 'receipt'] }),
    ]);
    expect(await found({ receipt: 'P9931 2026' })).toEqual([expect.objectContaining({ id, reasons: ['receipt'] })]);
    expect(await found({ name: '...' })).toEqual([]);
    expect(pointers(await get('agentFm', '/associations/duplicates'))).toEqual(['?name required']);
    expect(pointers(await get('agentFm', '/associations/duplicates', { phone: 'abc' }))).toEqual([
      '?phone phone_expected',
    ]);
    expect((await get('managerFm', '/associations/duplicates', { name: nameFr })).status).toBe(403);
  });

  it('change only from the version read', async () => {
    const { id } = await newAssociation();
    const url = `/associations/${id}`;
    const without = await ask('agentFm', 'PATCH', url, { members: 5 });
    expect([without.status, without.body.code]).toEqual([428, 'precondition_required']);
    expect(await patch('agentFm', url, { members: 5 }, '"v1"')).toMatchObject({
      status: 200,
      etag: '"v2"',
      body: { members: 5 },
    });
    const stale = await patch('agentFm', url, { members: 6 }, '"v1"');
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition_failed']);
    expect(await lastEvent()).toMatchObject({
      type: 'association.changed',
      entity_version: 2,
      data: { associationId: id, fields: ['members'] },
    });
    const together = await Promise.all([7, 8, 9].map((members) => patch('agentFm', url, { members }, '"v2"')));
    expect(together.map((one) => one.status).sort()).toEqual([200, 412, 412]);
  });

  it('keep their version when nothing is new', async () => {
    const file = {
      tags: ['youth'],
      receipts: [
        { state: 'final', provisionalOn: '2024-01-01', finalOn: '2024-02-01', number: '12', authorityType: 'caidat' },
      ],
      mandate: { years: 2, lastAssemblyOn: '2025-01-01' },
    };
    const { id } = await newAssociation(file);
    expect(await patch('agentFm', `/associations/${id}`, file)).toMatchObject({ status: 200, etag: '"v1"' });
  });

  it('let their manager change what they declare of themselves, and nothing else', async () => {
    const url = `/associations/${ownId}`;
    const allowed = {
      commune: 'Agdal',
      setting: 'urban',
      domains: ['health'],
      tags: [],
      members: 40,
      employees: 1,
      mandate: { years: 2 },
    };
    expect(await patch('managerFm', url, allowed)).toMatchObject({ status: 200, body: allowed });
    const refused = {
      nameFr: 'x',
      nameAr: 'x',
      placeCode: 'MA-FES',
      legalForm: 'union',
      foundedOn: null,
      receipts: [],
      verified: true,
    };
    for (const [field, value] of Object.entries(refused)) {
      const answer = await patch('managerFm', url, { [field]: value });
      expect([answer.status, pointers(answer)]).toEqual([403, [`/${field} forbidden`]]);
    }
    expect((await patch('memberFm', url, { members: 3 })).status).toBe(403);
    expect((await patch('managerFm', `/associations/${twinId}`, { members: 3 }, '"v1"')).status).toBe(404);
  });

  it('are verified by a supervisor only', async () => {
    const { id } = await newAssociation();
    const url = `/associations/${id}`;
    expect((await patch('agentFm', url, { verified: true })).status).toBe(403);
    expect(await patch('supervisorFm', url, { verified: true })).toMatchObject({
      status: 200,
      body: { verified: true, verifiedAt: NOW.toISOString() },
    });
    const [{ name }] = await rows<{ name: string }>(
      'select p.name from association a join account p on p.id = a.verified_by where a.id = $1',
      [id],
    );
    expect(name).toBe('supervisorFm');
    expect(await patch('supervisorFm', url, { verified: false })).toMatchObject({
      body: { verified: false, verifiedAt: null },
    });
  });

  it('refuse days that do not exist or run backwards, and values out of their lists', async () => {
    const bodies: [object, string][] = [
      [{ foundedOn: '2026-02-30' }, '/foundedOn invalid_date'],
      [{ mandate: { lastAssemblyOn: '2026-13-01' } }, '/mandate/lastAssemblyOn invalid_date'],
      [{ mandate: { lastAssemblyOn: '2026-02-02', nextRenewalOn: '2026-02-01' } }, '/mandate/nextRenewalOn inverted'],
      [
        { receipts: [{ state: 'final', provisionalOn: '2026-02-02', finalOn: '2026-02-01' }] },
        '/receipts/0/finalOn inverted',
      ],
      [{ domains: ['nothing'] }, '/domains not_allowed'],
      [{ domains: null }, '/domains list_expected'],
      [{ members: -1 }, '/members out_of_range'],
      [{ nameFr: ' \u200b ' }, '/nameFr blank'],
      [{ placeCode: 'MA-ZZZ' }, '/placeCode unknown'],
      [{ hubId: hubs.MS }, '/hubId unknown_field'],
    ];
    for (const [body, problem] of bodies) {
      const answer = await ask('agentFm', 'POST', '/associations', { ...newNames(), placeCode: 'MA-FES', ...body });
      expect([answer.status, pointers(answer)]).toEqual([400, expect.arrayContaining([problem])]);
    }
  });

  it('keep no identity-card number, and their receipts as they are', async () => {
    const { id } = await newAssociation({
      commune: 'Chez AB123456',
      receipts: [{ state: 'final', number: 'P 1264/2026' }],
    });
    const [row] = await rows<{ commune: string; number: string }>(
      `select commune, receipts -> 0 ->> 'number' as number from association where id = $1`,
      [id],
    );
    expect(row).toEqual({ commune: 'Chez AB••••••', number: 'P 1264/2026' });
  });

  it('give their new names to their tickets', async () => {
    const { id } = await newAssociation();
    const [{ queue }] = await rows<{ queue: string }>('select id as queue from queue where hub_id = $1 limit 1', [
      hubs.FM,
    ]);
    const [{ category }] = await rows<{ category: string }>(
      'select code as category from category where parent_code is not null limit 1',
    );
    const ticket = uuid();
    await rows(
      `insert into ticket (id, reference, hub_id, origin_hub_id, association_id, association_fr, association_ar, place_code, channel, language, answer_language,
         kind, advice_level, category_code, queue_id, priority, confidentiality, needs_validation, status, subject, opened_at, updated_at)
       values ($1, 'FM-26-900001-1', $2, $2, $3, 'a', 'b', 'MA-FES', 'portal', 'fr', 'fr', 'information', 'information', $4, $5, 'normal', 'normal', false, 'new', 's', now(), now())`,
      [ticket, hubs.FM, id, category, queue],
    );
    const names = newNames();
    expect((await patch('agentFm', `/associations/${id}`, names)).status).toBe(200);
    expect(await rows('select association_fr, association_ar from ticket where id = $1', [ticket])).toEqual([
      { association_fr: names.nameFr, association_ar: names.nameAr },
    ]);
  });

  it('show who acts for them to their manager and their hub', async () => {
    const expected = ['managerFm', 'memberFm'].map((name) =>
      expect.objectContaining({ name, from: '2020-01-01', to: null, current: true }),
    );
    for (const who of ['managerFm', 'agentFm'] as const) {
      expect((await get(who, `/associations/${ownId}/members`)).body.items).toEqual(expected);
    }
    expect((await get('memberFm', `/associations/${ownId}/members`)).status).toBe(403);
    expect((await get('managerFm', `/associations/${twinId}/members`)).status).toBe(404);
    expect((await get('agentMs', `/associations/${ownId}/members`)).status).toBe(404);
  });
});

describe('contacts', () => {
  it('keep numbers in one form, and a number may be shared', async () => {
    const one = await newContact({
      phones: ['06 85 00 77 01', '+212685007701'],
      whatsapp: ['0685007701'],
      emails: ['A@Example.org'],
    });
    expect(one.phones).toEqual([{ e164: '+212685007701', display: '06 85 00 77 01', whatsapp: true, verified: false }]);
    expect(one.emails).toEqual([{ email: 'a@example.org', verified: false }]);
    const other = await newContact({ name: 'Zineb', phones: ['00212685007701'] });
    for (const phone of ['0685007701', '+212 (0)6 85 00 77 01', '٠٦٨٥٠٠٧٧٠١']) {
      expect(idsOf(await get('agentFm', '/contacts', { phone }))).toEqual([one.id, other.id]);
    }
    expect(idsOf(await get('agentFm', '/contacts', { email: 'a@EXAMPLE.org' }))).toEqual([one.id]);
    expect(pointers(await get('agentFm', '/contacts', { phone: '12' }))).toEqual(['?phone phone_expected']);
  });

  it('are refused with the place of each wrong number or address', async () => {
    const post = async (body: object) => pointers(await ask('agentFm', 'POST', '/contacts', { name: 'A', ...body }));
    expect(await post({ phones: ['12'] })).toEqual(['/phones/0 phone_expected']);
    expect(await post({ phones: ['0685007701', 'x', '06'] })).toEqual([
      '/phones/1 phone_expected',
      '/phones/2 phone_expected',
    ]);
    expect(await post({ emails: ['a@example.org', 'nobody'] })).toEqual(['/emails/1 email_expected']);
    expect(await post({ phones: [], whatsapp: ['0685007701'] })).toEqual(['/whatsapp/0 unknown']);
    expect(await post({ associationId: uuid() })).toEqual(['/associationId unknown']);
    expect(await post({ role: 'king' })).toEqual(['/role not_allowed']);
  });

  it('change as a whole list, and what stays keeps what was verified', async () => {
    const { id } = await newContact({
      name: 'Chaimae',
      associationId: ownId,
      phones: ['0685007711', '0685007712'],
      emails: ['c@example.org'],
    });
    await rows(`update contact_phone set verified_at = now() where contact_id = $1 and e164 = '+212685007712'`, [id]);
    const url = `/contacts/${id}`;
    expect((await ask('agentFm', 'PATCH', url, { name: 'x' })).status).toBe(428);
    const same = { phones: ['0685007712', '0685007711'], emails: ['C@example.org'] };
    expect(await patch('agentFm', url, same)).toMatchObject({ status: 200, etag: '"v1"' });
    const answer = await patch('agentFm', url, {
      name: 'Chaïmae AB123456',
      phones: ['0685007712', '0685007713'],
      emails: [],
      associationId: twinId,
    });
    expect(answer).toMatchObject({
      status: 200,
      etag: '"v2"',
      body: {
        name: 'Chaïmae AB••••••',
        associationId: twinId,
        emails: [],
        phones: [
          { e164: '+212685007712', verified: true },
          { e164: '+212685007713', verified: false },
        ],
      },
    });
    expect(await rows('select distinct association_id from contact_phone where contact_id = $1', [id])).toEqual([
      { association_id: twinId },
    ]);
    expect(await lastEvent()).toMatchObject({
      type: 'contact.changed',
      entity_version: 2,
      data: { contactId: id, fields: ['associationId', 'name', 'phones', 'emails'] },
    });
    expect((await patch('agentFm', url, { name: 'late' }, '"v1"')).status).toBe(412);
    expect(idsOf(await get('agentFm', '/contacts', { q: 'chaimae' }))).toEqual([id]);
    expect((await patch('agentFm', url, { name: null })).status).toBe(400);
    expect(await patch('agentFm', url, { associationId: null })).toMatchObject({ body: { associationId: null } });
  });

  it('of the association are shown to its manager, who changes none', async () => {
    const shown = (await get('managerFm', '/contacts', { limit: '100' })).body.items as ContactView[];
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((one) => one.associationId !== ownId)).toEqual([]);
    expect((await patch('managerFm', `/contacts/${shown[0].id}`, { name: 'x' })).status).toBe(403);
    expect((await get('memberFm', '/contacts')).status).toBe(403);
  });
});

describe('two hubs', () => {
  it('find, read and change nothing of each other, whatever is asked', async () => {
    const secret = {
      FM: await rows<{
        id: string;
        name: string;
        phone: string;
        email: string;
        contact: string;
        receipt: string | null;
      }>(SECRETS, [hubs.FM]),
      MS: await rows<{
        id: string;
        name: string;
        phone: string;
        email: string;
        contact: string;
        receipt: string | null;
      }>(SECRETS, [hubs.MS]),
    };
    const before = await content();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ['agentFm', 'MS'] as const,
          ['supervisorFm', 'MS'] as const,
          ['agentMs', 'FM'] as const,
          ['managerFm', 'MS'] as const,
        ),
        fc.nat(),
        async ([who, hub], pick) => {
          const theirs = secret[hub][pick % secret[hub].length];
          const foreign = new Set(secret[hub].flatMap((one) => [one.id, one.contact]));
          const lists = await Promise.all([
            get(who, '/associations', { q: theirs.name }),
            get(who, '/associations', { q: theirs.phone }),
            get(who, '/associations', { q: theirs.receipt ?? 'ج' }),
            get(who, '/associations/duplicates', {
              name: theirs.name,
              phone: theirs.phone,
              receipt: theirs.receipt ?? '',
            }),
            get(who, '/contacts', { phone: theirs.phone }),
            get(who, '/contacts', { email: theirs.email }),
            get(who, '/contacts', { associationId: theirs.id }),
          ]);
          for (const list of lists.filter((one) => one.status === 200)) {
            expect(idsOf(list).filter((id) => foreign.has(id))).toEqual([]);
          }
          const tag = { 'if-match': '"v1"' };
          const direct = await Promise.all([
            get(who, `/associations/${theirs.id}`),
            get(who, `/associations/${theirs.id}/members`),
            get(who, `/contacts/${theirs.contact}`),
            ask(who, 'PATCH', `/associations/${theirs.id}`, { members: 1 }, tag),
            ...(who === 'managerFm' ? [] : [ask(who, 'PATCH', `/contacts/${theirs.contact}`, { name: 'x' }, tag)]),
          ]);
          expect(new Set(direct.map((one) => one.status))).toEqual(new Set([404]));
          if (who === 'managerFm') return;
          const linked = await ask(who, 'POST', '/contacts', { name: 'x', associationId: theirs.id });
          expect(pointers(linked)).toEqual(['/associationId unknown']);
        },
      ),
      { numRuns: 40 },
    );
    expect(await content()).toEqual(before);
  });

  const SECRETS = `select a.id, a.name_ar as name, p.e164 as phone, e.email, c.id as contact, a.receipts -> 0 ->> 'number' as receipt
    from association a join contact c on c.association_id = a.id join contact_phone p on p.contact_id = c.id join contact_email e on e.contact_id = c.id
    where a.hub_id = $1`;
  const content = () =>
    rows(`select (select md5(string_agg(t::text, '' order by t.id)) from association t) as associations,
      (select md5(string_agg(t::text, '' order by t.id)) from contact t) as contacts, (select max(id) from event) as event`);
});

describe('reference data', () => {
  it('names the hubs, open or the next opening in both times', async () => {
    const byCode = async () =>
      Object.fromEntries(
        ((await get('memberFm', '/hubs')).body.items as { code: string }[]).map((hub) => [hub.code, hub]),
      );
    expect((await byCode()).FM).toMatchObject({ id: hubs.FM, open: true, nextOpening: null, phone: '+212523600001' });
    clock.at = new Date('2026-11-22T10:00:00Z'); // Sunday
    try {
      const closed = await byCode();
      expect(closed.FM).toMatchObject({
        open: false,
        nextOpening: { at: '2026-11-23T08:30:00.000Z', local: '2026-11-23T08:30:00+00:00' },
      });
      expect(closed.TH).toMatchObject({ status: 'planned', open: false, nextOpening: null });
    } finally {
      clock.at = NOW;
    }
    expect((await get('coordinator', `/hubs/${hubs.MS}`)).body).toMatchObject({ code: 'MS' });
    expect((await get('coordinator', `/hubs/${uuid()}`)).status).toBe(404);
  });

  it('says which hub answers on a day, and why', async () => {
    const on = async (at: string) =>
      ((await get('memberFm', '/territories', { at })).body.items as { placeCode: string }[]).map(
        (row) => row.placeCode,
      );
    expect(await on('2025-02-01')).toEqual(['MA-03']);
    expect(await on('2025-01-31')).toEqual([]);
    expect(await on('2028-02-01')).not.toContain('MA-03');
    expect(pointers(await get('memberFm', '/territories', { at: '2026-02-30' }))).toEqual(['?at invalid_date']);
    const answering = async (placeCode: string, at: string) =>
      (await get('memberFm', '/territories/answering', { placeCode, at })).body;
    expect(await answering('MA-FES', '2026-11-23T12:00:00+01:00')).toMatchObject({
      hubCode: 'FM',
      reason: 'managing',
      placeCode: 'MA-03',
      asked: { at: '2026-11-23T11:00:00.000Z', local: '2026-11-23T11:00:00+00:00' },
    });
    expect(await answering('MA-TNG', '2026-11-23T12:00:00Z')).toMatchObject({
      hubCode: 'FM',
      reason: 'interim',
      placeCode: 'MA-01',
    });
    expect(await answering('MA-FES', '2028-02-01T00:00:00Z')).toMatchObject({ hubCode: 'NT', reason: 'national' });
    // Half an hour before midnight in UTC was already the first day in Fès, then at UTC+1.
    expect(await answering('MA-FES', '2025-01-31T23:30:00Z')).toMatchObject({ hubCode: 'FM' });
    expect((await get('memberFm', '/territories/answering', { placeCode: 'MA-FES', at: '2026-11-23' })).status).toBe(
      400,
    );
    expect((await get('memberFm', '/territories/answering', { placeCode: 'MA-ZZZ' })).status).toBe(400);
  });

  it('has the whole tree of categories with deadlines and legal bases', async () => {
    const { items, legalTexts } = (await get('memberFm', '/categories')).body as unknown as {
      items: { code: string; categories: { code: string; legalBasis: { ref: string }[]; deadlines: unknown[] }[] }[];
      legalTexts: { code: string }[];
    };
    const leaves = items.flatMap((theme) => theme.categories);
    expect(items.length + leaves.length).toBe(113);
    expect(leaves.filter((leaf) => leaf.deadlines.length > 0).length).toBeGreaterThan(10);
    const texts = new Set(legalTexts.map((text) => text.code));
    expect(leaves.flatMap((leaf) => leaf.legalBasis).filter((basis) => !texts.has(basis.ref))).toEqual([]);
    await rows(`update category set active = false where code = $1`, [leaves[0].code]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const again = (await get('memberFm', '/categories')).body.items as typeof items;
    expect(again.flatMap((theme) => theme.categories).map((leaf) => leaf.code)).not.toContain(leaves[0].code);
  });

  it('lists the queues of one hub, and none for the coordinator', async () => {
    const own = (await get('agentMs', '/queues')).body.items as { id: string }[];
    const expected = await rows<{ id: string }>('select id from queue where hub_id = $1 order by code', [hubs.MS]);
    expect(own.map((queue) => queue.id)).toEqual(expected.map((row) => row.id));
    expect((await get('coordinator', '/queues')).body.items).toEqual([]);
  });
});
