import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { v7 as uuid } from 'uuid';
import { formatReference } from '@app/domain/reference';
import type { TestApp } from '../../support/app';
import { PASSWORD, type TestPerson } from '../../support/world';

/** People of two hubs, what is theirs, and the names that cases call them by. */
export interface Scene {
  tokens: Record<string, string | null>;
  names: Record<string, string>;
}

export async function setScene(t: TestApp): Promise<Scene> {
  const own = await people(t, 'FM', 'MA-FES');
  const foreign = await people(t, 'MS', 'MA-MAR');
  const neighbour = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  const usedKey = randomUUID();
  const ownTicket = (await t.ask(own.member, {}, usedKey).expect(201)).body;
  await t.ask(own.member, { subject: 'Une seconde question' }).expect(201);
  const foreignTicket = (await t.ask(foreign.member).expect(201)).body;
  const neighbourTicket = (await t.ask(neighbour).expect(201)).body;
  const contact = async (by: TestPerson) =>
    (await t.as(by, 'post', '/contacts').send({ name: 'Contact' }).expect(201)).body;
  const version = await settled(t);
  const { body: page } = await t.as(own.agent, 'get', '/tickets?limit=1').expect(200);
  const cursor = page.nextCursor as string;
  return {
    tokens: {
      nobody: null,
      coordinator: (await t.world.coordinator()).token,
      ...tokensOf(own),
      ...(await badTokens(t)),
    },
    names: {
      ...tickets({ ownTicket, foreignTicket, neighbourTicket }),
      ownTicketTag: `"v${version(ownTicket.id)}"`,
      usedKey,
      password: PASSWORD,
      ownAssociation: own.associationId,
      ownContact: (await contact(own.agent)).id,
      foreignContact: (await contact(foreign.agent)).id,
      foreignAssociation: foreign.associationId,
      ownHub: t.world.hubs.FM,
      foreignHub: t.world.hubs.MS,
      foreignUpload: await uploadOf(t, foreign.member),
      foreignAgent: foreign.agent.accountId,
      foreignMembership: foreign.agent.membershipId,
      foreignQueue: await firstId(t, `select id from queue where hub_id = '${t.world.hubs.MS}' limit 1`),
      foreignNotification: await firstId(
        t,
        `select id from notification where account_id = '${foreign.agent.accountId}' limit 1`,
      ),
      memberAccount: own.member.accountId,
      memberToken: own.member.token,
      agentToken: own.agent.token,
      memberEmail: own.member.email,
      memberEmailCyrillic: own.member.email.replace('e', '\u0435'),
      supervisorEmailDotless: own.supervisor.email.replace('i', '\u0131'),
      cursor,
      flippedCursor: (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1),
      origin: t.url,
      ...inputs(),
    },
  };
}

async function uploadOf(t: TestApp, by: TestPerson): Promise<string> {
  const file = Buffer.from('%PDF-1.4\n%%EOF\n');
  return (await t.as(by, 'post', '/uploads').attach('file', file, 'a.pdf').expect(201)).body.id;
}

async function people(t: TestApp, hub: string, placeCode: string) {
  const associationId = await t.world.association(hub, placeCode);
  return {
    associationId,
    member: await t.world.person(associationId, 'member'),
    agent: await t.world.staff(hub, 'agent'),
    supervisor: await t.world.staff(hub, 'supervisor'),
  };
}

function tokensOf({ member, agent, supervisor }: Awaited<ReturnType<typeof people>>): Record<string, string> {
  return {
    member: member.token,
    agent: agent.token,
    supervisor: supervisor.token,
    truncated: agent.token.slice(0, -1),
  };
}

async function badTokens(t: TestApp): Promise<Record<string, string>> {
  const { accountId, membershipId, token } = await t.world.staff('FM', 'agent');
  await t.as({ token }, 'get', '/me').expect(200);
  const revoked = await t.world.session(accountId, membershipId);
  await t.as({ token: revoked }, 'delete', '/sessions/current').expect(204);
  const disabled = await t.world.staff('FM', 'agent');
  await t.world.client.query("update account set status = 'disabled' where id = $1", [disabled.accountId]);
  const expired = await t.world.session(accountId, membershipId, new Date(Date.now() - 1000));
  return { unknown: 'A'.repeat(43), revoked, expired, disabled: disabled.token };
}

function tickets(named: Record<'ownTicket' | 'foreignTicket' | 'neighbourTicket', { id: string; reference: string }>) {
  return {
    ownTicket: named.ownTicket.id,
    ownTicketCapitals: named.ownTicket.id.toUpperCase(),
    foreignTicket: named.foreignTicket.id,
    foreignReference: named.foreignTicket.reference,
    absentReference: formatReference('MS', new Date().getUTCFullYear(), 999_998),
    neighbourTicket: named.neighbourTicket.id,
    randomId: uuid(),
  };
}

/** Waits until the background has given every question to somebody. */
async function settled(t: TestApp): Promise<(id: string) => number> {
  const rows = await t.until(async () => {
    const found = await t.world.client.query<{ id: string; version: number; assigneeId: string | null }>(
      'select id, version, assignee_id as "assigneeId" from ticket',
    );
    const { rows: waiting } = await t.world.client.query(
      'select 1 from outbox where done_at is null and dead_at is null limit 1',
    );
    return waiting.length === 0 && found.rows.every((row) => row.assigneeId) && found.rows;
  }, 15_000);
  return (id) => rows.find((row) => row.id === id)!.version;
}

async function firstId(t: TestApp, query: string): Promise<string> {
  return (await t.world.client.query<{ id: string }>(query)).rows[0].id;
}

/** Inputs that are too large to write down. */
function inputs(): Record<string, string> {
  const keys = Array.from({ length: 20_000 }, (_, n) => `"k${n.toString(36)}":0`);
  const parameters = Array.from({ length: 1_000 }, (_, n) => `p${n}=1`);
  const article = 'وفقا للفصل 5 من ظهير 1.58.376 (Art. 12 bis, al. 3 – « association »)، تودع التصريحات.\n';
  return {
    manyKeys: `{${keys.join(',')}}`,
    manyParameters: parameters.join('&'),
    gzipBomb: gzipSync(Buffer.alloc(10 * 1024 * 1024, ' ')).toString('hex'),
    legalText: article.repeat(Math.ceil(4_096 / Buffer.byteLength(article))).trim(),
  };
}
