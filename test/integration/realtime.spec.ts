import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client, Pool } from 'pg';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { WebSocket } from 'ws';
import type {
  ClientToServerEvents,
  LogCursor,
  Poke,
  Presence,
  ResumeAnswer,
  ServerToClientEvents,
} from '@app/contract/realtime';
import { readConfig } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { portOf } from '@app/platform/http-app';
import { useSockets } from '@app/platform/socket-adapter';
import { LiveFeed } from '../../apps/all/src/cli/live-feed';
import { SOCKETS_PER_ACCOUNT } from '../../apps/realtime/src/events.gateway';
import { RealtimeModule } from '../../apps/realtime/src/realtime.module';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { until as eventually } from '../support/tickets';

type TestSocket = Socket<ServerToClientEvents, ClientToServerEvents> & { pokes: Poke[]; start: LogCursor };
interface Person {
  accountId: string;
  sessionId: string;
  token: string;
}

@Module({})
class Sockets {}

let database: TestDatabase;
let admin: Pool;
let app: NestFastifyApplication;
let base: string;
const open: { close(): unknown }[] = [];
const hubs = { ms: uuid(), fm: uuid(), na: uuid() };
const associations = { one: uuid(), two: uuid() };
const queues: Record<string, string> = {};

const boot = async (several: boolean): Promise<NestFastifyApplication> => {
  const config = { ...readConfig({}), databaseUrl: database.appUrl, logLevel: 'silent', port: 0 };
  const module: DynamicModule = { module: Sockets, imports: [DatabaseModule.forRoot(config), RealtimeModule] };
  const booted = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  await useSockets(booted, config, { several });
  await booted.listen(0, '127.0.0.1');
  return booted;
};
const urlOf = (of: NestFastifyApplication): string => `http://127.0.0.1:${portOf(of)}`;

async function reference(): Promise<void> {
  const calendar = uuid();
  await admin.query(`insert into calendar values ($1, 'c', 'c', 'c')`, [calendar]);
  await admin.query(
    `insert into place values ('MA-07', null, 'region', 'Marrakech-Safi', 'مراكش'), ('MA-03', null, 'region', 'Fès', 'فاس')`,
  );
  await admin.query(
    `insert into category (code, kind, name_fr, name_ar, name_en) values ('x', 'legal', 'x', 'x', 'x')`,
  );
  const codes = { ms: 'MS', fm: 'FM', na: 'NA' };
  for (const [key, id] of Object.entries(hubs)) {
    await admin.query(
      `insert into hub (id, code, name_fr, name_ar, status, is_national, calendar_id) values ($1, $2, $2, $2, 'active', $3, $4)`,
      [id, codes[key as keyof typeof codes], key === 'na', calendar],
    );
    queues[id] = uuid();
    await admin.query(`insert into queue (id, hub_id, code, name_fr, name_ar) values ($1, $2, 'q', 'q', 'q')`, [
      queues[id],
      id,
    ]);
  }
  for (const id of Object.values(associations)) {
    await admin.query(
      `insert into association (id, hub_id, name_fr, name_ar, folded, place_code, created_at, updated_at)
       values ($1, $2, 'A', 'A', 'a', 'MA-07', now(), now())`,
      [id, hubs.ms],
    );
  }
}

interface Membership {
  role: string;
  hubId?: string;
  associationId?: string;
  cleared?: boolean;
  expiresIn?: string;
}

async function person(membership: Membership): Promise<Person> {
  const [accountId, sessionId, membershipId] = [uuid(), uuid(), uuid()];
  const token = randomBytes(32).toString('base64url');
  const kind = membership.associationId ? 'association' : membership.role === 'coordinator' ? 'national' : 'hub';
  await admin.query(
    `insert into account (id, email, password_hash, name, created_at) values ($1::uuid, $1::uuid || '@example.org', 'x', 'Secret Name', now())`,
    [accountId],
  );
  await admin.query(
    `insert into membership (id, account_id, kind, role, hub_id, association_id, cleared) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      membershipId,
      accountId,
      kind,
      membership.role,
      membership.hubId ?? (membership.associationId ? hubs.ms : null),
      membership.associationId ?? null,
      membership.cleared ?? false,
    ],
  );
  await admin.query(
    `insert into session (id, token_hash, account_id, membership_id, created_at, expires_at)
     values ($1, $2, $3, $4, now(), now() + $5::interval)`,
    [sessionId, createHash('sha256').update(token).digest(), accountId, membershipId, membership.expiresIn ?? '1 hour'],
  );
  return { accountId, sessionId, token };
}

let references = 0;
async function ticket(
  hubId: string,
  more: { requester?: string; association?: string; assignee?: string; restricted?: boolean } = {},
): Promise<string> {
  const id = uuid();
  await admin.query(
    `insert into ticket (id, reference, hub_id, origin_hub_id, association_id, requester_account_id, place_code, channel, language, answer_language, kind,
       advice_level, category_code, queue_id, priority, confidentiality, needs_validation, status, assignee_id, subject, opened_at, updated_at)
     values ($1, $2, $3, $3, $4, $5, 'MA-07', 'portal', 'fr', 'fr', 'legal', 'orientation', 'x', $6, 'normal', $7, false, 'new', $8, 'Secret subject', now(), now())`,
    [
      id,
      `T-${(references += 1)}`,
      hubId,
      more.association ?? null,
      more.requester ?? null,
      queues[hubId],
      more.restricted ? 'restricted' : 'normal',
      more.assignee ?? null,
    ],
  );
  return id;
}

const emit = (
  client: Pool | Client,
  type: string,
  ticketId: string | null,
  hubId: string | null = null,
  data: object = {},
): Promise<unknown> =>
  client.query(`insert into event (at, type, ticket_id, hub_id, data) values (now(), $1, $2, $3, $4)`, [
    type,
    ticketId,
    hubId,
    data,
  ]);
const notify = (): Promise<unknown> => admin.query('notify sanad_event');
const happen = async (type: string, ticketId: string, hubId: string): Promise<void> => {
  await emit(admin, type, ticketId, hubId);
  await notify();
};

function connect(token: string | null, options: Record<string, unknown> = {}): TestSocket {
  const socket = io((options.url as string) ?? base, {
    transports: ['websocket'],
    auth: token === null ? {} : { token },
    forceNew: true,
    reconnection: false,
    ...options,
  }) as TestSocket;
  socket.pokes = [];
  socket.on('event', (poke) => socket.pokes.push(poke));
  open.push(socket);
  return socket;
}

async function signedIn(token: string, options: Record<string, unknown> = {}): Promise<TestSocket> {
  const socket = connect(token, options);
  const ready = new Promise<LogCursor>((resolve) => socket.once('ready', ({ cursor }) => resolve(cursor)));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.start = await ready;
  return socket;
}

const refusedWith = (socket: TestSocket): Promise<{ message: string; data?: { code: string } }> =>
  new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => resolve(error as never));
    socket.once('connect', () => reject(new Error('connected')));
  });
const until = async (condition: () => boolean, ms = 20_000): Promise<void> => {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error('It did not happen in time.');
    await sleep(5);
  }
};
const closed = (socket: TestSocket): Promise<void> => until(() => !socket.connected);
const ask = (socket: TestSocket, name: string, ...bodies: unknown[]): Promise<Record<string, unknown>> =>
  socket.timeout(20_000).emitWithAck(name as 'watch', ...(bodies as [never]));

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Pool({ connectionString: database.adminUrl, max: 20 });
  await reference();
  app = await boot(false);
  base = urlOf(app);
}, 60_000);

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

afterAll(async () => {
  await app?.close();
  await admin?.end();
  await database?.drop();
});

describe('handshake', () => {
  it('refuses without a token, with a wrong or expired one, and with one in the address', async () => {
    const agent = await person({ role: 'agent', hubId: hubs.ms });
    const late = await person({ role: 'agent', hubId: hubs.ms, expiresIn: '-1 minute' });
    expect(await refusedWith(connect(null))).toMatchObject({ data: { code: 'unauthorized' } });
    expect(await refusedWith(connect(null, { query: { token: agent.token } }))).toMatchObject({
      data: { code: 'unauthorized' },
    });
    expect(await refusedWith(connect(randomBytes(32).toString('base64url')))).toMatchObject({
      data: { code: 'invalid_token' },
    });
    expect(await refusedWith(connect(late.token))).toMatchObject({ data: { code: 'invalid_token' } });
    expect(await refusedWith(connect(null, { auth: { token: { $ne: 1 } } }))).toMatchObject({
      data: { code: 'unauthorized' },
    });
  });

  it('takes the session cookie, and refuses a foreign origin', async () => {
    const { token } = await person({ role: 'agent', hubId: hubs.ms });
    const extraHeaders = { cookie: `a=b; sanad_session=${token}` };
    const socket = connect(null, { extraHeaders: { ...extraHeaders, origin: base } });
    await until(() => socket.connected);
    const foreign = connect(null, { extraHeaders: { ...extraHeaders, origin: 'https://evil.test' } });
    expect((await refusedWith(foreign)).message).toMatch(/websocket error/);
    expect((await refusedWith(connect(token, { transports: ['polling'] }))).message).toMatch(/poll error/);
  });

  it('refuses the 21st socket of an account, and counts again when one leaves', async () => {
    const { token } = await person({ role: 'agent', hubId: hubs.ms });
    const attempts = Array.from({ length: SOCKETS_PER_ACCOUNT + 5 }, () => connect(token));
    const results = await Promise.all(
      attempts.map(
        (socket) =>
          new Promise<string>((resolve) => {
            socket.once('connect', () => resolve('in'));
            socket.once('connect_error', (error) => resolve((error as never as { data: { code: string } }).data.code));
          }),
      ),
    );
    expect(results.filter((one) => one === 'in')).toHaveLength(SOCKETS_PER_ACCOUNT);
    expect(results.filter((one) => one === 'rate_limited')).toHaveLength(5);
    attempts[results.indexOf('in')].close();
    await sleep(100);
    await signedIn(token);
  });
});

describe('pokes', () => {
  it('reach the hub within a second, without content, and nobody of another hub', async () => {
    const mine = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const other = await signedIn((await person({ role: 'agent', hubId: hubs.fm })).token);
    const national = await signedIn((await person({ role: 'coordinator' })).token);
    const id = await ticket(hubs.ms);
    await happen('ticket.created', id, hubs.ms);
    await until(() => mine.pokes.length === 1);
    expect(mine.pokes[0]).toEqual({
      type: 'ticket.created',
      id,
      version: 1,
      hubId: hubs.ms,
      at: expect.stringMatching(/^20.*Z$/),
      cursor: { xid: expect.stringMatching(/^\d+$/), id: expect.stringMatching(/^\d+$/) },
    });
    await emit(admin, 'ticket.read', id, hubs.ms); // for nobody
    await happen('ticket.noted', id, hubs.ms);
    await until(() => mine.pokes.length === 2);
    expect(other.pokes).toEqual([]);
    expect(national.pokes).toEqual([]);
  });

  it('arrive by polling when the signal is lost', async () => {
    const mine = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    await emit(admin, 'ticket.noted', await ticket(hubs.ms), hubs.ms);
    await until(() => mine.pokes.length === 1, 1_500);
  });

  it('of a restricted ticket reach the cleared, the supervisor and its assignee only', async () => {
    const plain = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const cleared = await signedIn((await person({ role: 'agent', hubId: hubs.ms, cleared: true })).token);
    const supervisor = await signedIn((await person({ role: 'supervisor', hubId: hubs.ms })).token);
    const assignee = await person({ role: 'agent', hubId: hubs.ms });
    const assigned = await signedIn(assignee.token);
    const id = await ticket(hubs.ms, { restricted: true, assignee: assignee.accountId });
    await happen('ticket.noted', id, hubs.ms);
    await until(() => [cleared, supervisor, assigned].every((socket) => socket.pokes.length === 1));
    await sleep(50);
    expect(plain.pokes).toEqual([]);
  });

  it('reach a member for public events of own tickets only, and the manager for those of the association', async () => {
    const asker = await person({ role: 'member', associationId: associations.one });
    const own = await signedIn(asker.token);
    const colleague = await signedIn((await person({ role: 'member', associationId: associations.one })).token);
    const manager = await signedIn((await person({ role: 'manager', associationId: associations.one })).token);
    const stranger = await signedIn((await person({ role: 'manager', associationId: associations.two })).token);
    const id = await ticket(hubs.ms, { requester: asker.accountId, association: associations.one });
    await emit(admin, 'ticket.noted', id, hubs.ms);
    await emit(admin, 'clock.breached', id, hubs.ms);
    await happen('ticket.replied', id, hubs.ms);
    await until(() => own.pokes.length > 0 && manager.pokes.length > 0);
    await sleep(50);
    expect(own.pokes.map((poke) => poke.type)).toEqual(['ticket.replied']);
    expect(manager.pokes.map((poke) => poke.type)).toEqual(['ticket.replied']);
    expect([...colleague.pokes, ...stranger.pokes]).toEqual([]);
  });

  it('of an account reach all its sockets and no other', async () => {
    const one = await person({ role: 'agent', hubId: hubs.ms });
    const sockets = [await signedIn(one.token), await signedIn(one.token)];
    const other = await signedIn((await person({ role: 'supervisor', hubId: hubs.ms })).token);
    const notificationId = uuid();
    await emit(admin, 'notification.created', null, hubs.ms, { accountId: one.accountId, notificationId });
    await notify();
    await until(() => sockets.every((socket) => socket.pokes.length === 1));
    expect(sockets[0].pokes[0]).toMatchObject({ type: 'notification.created', id: notificationId });
    expect(other.pokes).toEqual([]);
  });

  it('arrive soon after the commit at 50 tickets a second (the promise is p99 ≤ 100 ms)', async () => {
    const mine = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const arrived = new Map<string, number>();
    mine.on('event', (poke) => arrived.set(poke.id!, performance.now()));
    const ids = await Promise.all(Array.from({ length: 150 }, () => ticket(hubs.ms)));
    const committed = new Map<string, number>();
    const work: Promise<unknown>[] = [];
    for (const id of ids) {
      work.push(
        emit(admin, 'ticket.created', id, hubs.ms).then(async () => {
          committed.set(id, performance.now());
          await sleep(10); // as the signal does
          await notify();
        }),
      );
      await sleep(20);
    }
    await Promise.all(work);
    await until(() => arrived.size === ids.length);
    const delays = ids.map((id) => arrived.get(id)! - committed.get(id)!).sort((a, b) => a - b);
    console.log(`poke after commit: p50 ${delays[75].toFixed(0)} ms, p99 ${delays[148].toFixed(0)} ms`);
  });

  it('say that figures moved, at most every 2 s per hub', async () => {
    const supervisor = await signedIn((await person({ role: 'supervisor', hubId: hubs.ms })).token);
    const coordinator = await signedIn((await person({ role: 'coordinator' })).token);
    const heard: string[] = [];
    const all: string[] = [];
    supervisor.on('figures', ({ hubId }) => heard.push(hubId));
    coordinator.on('figures', ({ hubId }) => all.push(hubId));
    for (let i = 0; i < 20; i += 1)
      await admin.query(`select pg_notify('sanad_figures', $1)`, [`${hubs.ms},${hubs.fm}`]);
    await until(() => heard.length === 1 && all.length === 2);
    await sleep(1_000);
    expect(heard).toEqual([hubs.ms]);
    await until(() => heard.length === 2);
    await sleep(2_300);
    expect(heard).toHaveLength(2);
  });
});

describe('watch', () => {
  it('answers not_found for what the API would not show, in the same words as for what does not exist', async () => {
    const agent = await signedIn((await person({ role: 'agent', hubId: hubs.fm })).token);
    const member = await signedIn((await person({ role: 'member', associationId: associations.one })).token);
    const coordinator = await signedIn((await person({ role: 'coordinator' })).token);
    const [id, restricted] = [await ticket(hubs.ms), await ticket(hubs.fm, { restricted: true })];
    const nothing = { ok: false, code: 'not_found' };
    expect(await ask(agent, 'watch', { ticketId: uuid() })).toEqual(nothing);
    for (const socket of [agent, member, coordinator]) {
      expect(await ask(socket, 'watch', { ticketId: id })).toEqual(nothing);
      expect(await ask(socket, 'watch', { ticketId: restricted })).toEqual(nothing);
      expect(await ask(socket, 'typing', { ticketId: id, typing: true })).toEqual(nothing);
    }
    const own = await ticket(hubs.fm);
    expect(await ask(agent, 'watch', { ticketId: own.toUpperCase() })).toMatchObject({ ok: true });
  });

  it('opens a lent ticket to an expert, and closes it within 5 s when the loan ends', async () => {
    const lawyer = await person({ role: 'expert', hubId: hubs.ms });
    const expert = await signedIn(lawyer.token);
    const id = await ticket(hubs.ms);
    expect(await ask(expert, 'watch', { ticketId: id })).toEqual({ ok: false, code: 'not_found' });
    await admin.query(
      `insert into ticket_grant (id, ticket_id, hub_id, grantee_id, grantee_kind, reason, granted_at) values ($1, $2, $3, $4, 'account', 'consultation', now())`,
      [uuid(), id, hubs.ms, lawyer.accountId],
    );
    expect(await ask(expert, 'watch', { ticketId: id })).toMatchObject({ ok: true });
    await happen('ticket.assigned', id, hubs.ms);
    await until(() => expert.pokes.length === 1);
    await sleep(4_500); // still allowed after a review
    await happen('ticket.changed', id, hubs.ms);
    await until(() => expert.pokes.length === 2);
    await admin.query('update ticket_grant set expires_at = now() where ticket_id = $1', [id]);
    await sleep(5_000);
    await happen('ticket.changed', id, hubs.ms);
    await sleep(200);
    expect(expert.pokes).toHaveLength(2);
  });

  it('shows staff to staff, the requester without a name, and nobody to the requester', async () => {
    const asker = await person({ role: 'member', associationId: associations.one });
    const id = await ticket(hubs.ms, { requester: asker.accountId, association: associations.one });
    const [one, two] = [
      await person({ role: 'agent', hubId: hubs.ms }),
      await person({ role: 'agent', hubId: hubs.ms }),
    ];
    const [a, b, requester] = [await signedIn(one.token), await signedIn(two.token), await signedIn(asker.token)];
    let latest: Presence | undefined;
    a.on('presence', (presence) => (latest = presence));
    let leaked = false;
    requester.on('presence', () => (leaked = true));
    expect(await ask(a, 'watch', { ticketId: id })).toEqual({
      ok: true,
      viewers: [{ accountId: one.accountId, name: 'Secret Name' }],
    });
    expect(await ask(requester, 'watch', { ticketId: id })).toEqual({ ok: true, viewers: [] });
    await ask(b, 'watch', { ticketId: id });
    await ask(b, 'typing', { ticketId: id, typing: true });
    await until(() => latest?.viewers.length === 3 && latest.writers.length === 1);
    expect(latest!.writers[0].accountId).toBe(two.accountId);
    expect(latest!.viewers).toContainEqual({ accountId: null, name: 'requester' });
    expect(JSON.stringify(latest)).not.toContain(asker.accountId);
    b.close();
    await until(() => latest?.viewers.length === 2 && latest.writers.length === 0);
    await ask(requester, 'unwatch', { ticketId: id });
    await until(() => latest?.viewers.length === 1);
    expect(leaked).toBe(false);
  });
});

describe('a session that ends', () => {
  it('closes its sockets at once by the event, and by the review within 5 s', async () => {
    const [byEvent, byReview] = [
      await person({ role: 'agent', hubId: hubs.ms }),
      await person({ role: 'agent', hubId: hubs.ms }),
    ];
    const disabled = await person({ role: 'member', associationId: associations.one });
    const left = await person({ role: 'agent', hubId: hubs.ms });
    const stays = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const sockets = await Promise.all([byEvent, byReview, disabled, left].map(({ token }) => signedIn(token)));
    const codes: string[] = [];
    sockets[0].on('closing', ({ code }) => codes.push(code));
    const { accountId, sessionId } = byEvent;
    await emit(admin, 'session.closed', null, null, { accountId, sessionId });
    await notify();
    await closed(sockets[0]);
    expect(codes).toEqual(['session_closed']);
    await admin.query('update session set revoked_at = now() where id = $1', [byReview.sessionId]);
    await admin.query(`update account set status = 'disabled' where id = $1`, [disabled.accountId]);
    await admin.query(`update membership set valid = daterange('2020-01-01', '2021-01-01') where account_id = $1`, [
      left.accountId,
    ]);
    await Promise.all(sockets.slice(1).map((socket) => closed(socket)));
    expect(stays.connected).toBe(true);
  });

  it('closes at its expiry', async () => {
    const socket = await signedIn((await person({ role: 'agent', hubId: hubs.ms, expiresIn: '1 second' })).token);
    await closed(socket);
  });

  it('gives new rooms after a change of rights, on the reconnect', async () => {
    const agent = await person({ role: 'agent', hubId: hubs.ms, cleared: true });
    const options = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 20 };
    const socket = await signedIn(agent.token, options);
    const again = new Promise<void>((resolve) => socket.once('ready', () => resolve()));
    await admin.query('update membership set cleared = false where account_id = $1', [agent.accountId]);
    await again;
    await emit(admin, 'ticket.noted', await ticket(hubs.ms, { restricted: true }), hubs.ms);
    await happen('ticket.noted', await ticket(hubs.ms), hubs.ms);
    await until(() => socket.pokes.length === 1);
    await sleep(50);
    expect(socket.pokes).toHaveLength(1);
  });
});

describe('resume', () => {
  const resume = (socket: TestSocket, cursor: unknown) =>
    ask(socket, 'resume', cursor) as never as Promise<ResumeAnswer>;

  it('gives exactly what was missed under 12 concurrent writers', async () => {
    const agent = await person({ role: 'agent', hubId: hubs.ms });
    const [mine, foreign] = [await ticket(hubs.ms), await ticket(hubs.fm)];
    const first = await signedIn(agent.token);
    const written: string[] = [];
    let going = true;
    const writers = Array.from({ length: 12 }, async () => {
      const client = new Client({ connectionString: database.adminUrl });
      await client.connect();
      while (going) {
        await client.query('begin');
        const { rows } = await client.query<{ id: string }>(
          `insert into event (at, type, ticket_id, hub_id) values (now(), 'ticket.changed', $1, $2), (now(), 'ticket.changed', $3, $4) returning id::text, ticket_id`,
          [mine, hubs.ms, foreign, hubs.fm],
        );
        await sleep(Math.random() * 30); // ids are taken in another order than the commits
        await client.query('commit');
        await client.query('notify sanad_event');
        written.push(rows[0].id);
        await sleep(20 + Math.random() * 60);
      }
      await client.end();
    });
    await until(() => first.pokes.length > 50);
    first.close();
    const before = [...first.pokes];
    await sleep(600);
    const second = await signedIn(agent.token);
    const answer = await resume(second, before[before.length - 1].cursor);
    await sleep(400);
    going = false;
    await Promise.all(writers);
    await notify();
    if (!answer.ok || !('events' in answer)) throw new Error(`No events: ${JSON.stringify(answer)}`);
    const ids = (pokes: Poke[]): string[] => pokes.map((poke) => poke.cursor.id);
    const seen = (): Set<string> => new Set([...ids(before), ...ids(answer.events), ...ids(second.pokes)]);
    await until(() => written.every((id) => seen().has(id)));
    expect(seen().size).toBe(written.length); // nothing of the other hub
    expect(answer.events.length).toBeGreaterThan(20);
    expect(new Set(ids(answer.events)).size).toBe(answer.events.length);
    expect(ids(answer.events).filter((id) => ids(before).includes(id))).toEqual([]);
    // The cursor of the answer leads on without gap or repetition.
    const next = await resume(second, answer.cursor);
    if (!next.ok || !('events' in next)) throw new Error('No events.');
    expect([...ids(before), ...ids(answer.events), ...ids(next.events)].sort()).toEqual([...written].sort());
  });

  it('asks to fetch again when too much was missed, when the cursor is unknown, and when the log lags', async () => {
    const socket = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const id = await ticket(hubs.ms);
    await admin.query(
      `insert into event (at, type, ticket_id, hub_id) select now(), 'ticket.changed', $1, $2 from generate_series(1, 501)`,
      [id, hubs.ms],
    );
    const resync = { ok: true, resync: true, cursor: expect.anything() };
    // Other tests write on the same server: what is younger than their transactions is not read yet.
    await eventually(
      () => resume(socket, socket.start),
      (answer) => 'resync' in answer,
    );
    expect(await resume(socket, socket.start)).toEqual(resync);
    expect(await resume(socket, { xid: '900000000000', id: '1' })).toEqual(resync);
    const { cursor } = (await resume(socket, socket.start)) as { cursor: LogCursor };
    expect(await resume(socket, cursor)).toMatchObject({ ok: true, events: [] });
    const holder = new Client({ connectionString: database.adminUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select pg_current_xact_id()');
    await happen('ticket.changed', id, hubs.ms);
    expect(await resume(socket, cursor)).toMatchObject({ ok: true, events: [] });
    await sleep(2_500);
    expect(await resume(socket, cursor)).toEqual(resync);
    await holder.query('commit');
    await holder.end();
    await until(() => socket.pokes.length > 501 || socket.pokes.some((poke) => poke.cursor.xid > cursor.xid), 1_500);
    expect(await resume(socket, cursor)).toMatchObject({ ok: true, events: [{ id }] });
  });

  it('leaves a member without staff events and other tickets', async () => {
    const asker = await person({ role: 'member', associationId: associations.one });
    const socket = await signedIn(asker.token);
    const own = await ticket(hubs.ms, { requester: asker.accountId, association: associations.one });
    const colleague = await ticket(hubs.ms, { association: associations.one });
    for (const type of ['ticket.created', 'ticket.noted']) {
      await emit(admin, type, own, hubs.ms);
      await emit(admin, type, colleague, hubs.ms);
    }
    await notify();
    await until(() => socket.pokes.length > 0);
    expect(await resume(socket, socket.start)).toMatchObject({
      ok: true,
      events: [{ id: own, type: 'ticket.created' }],
    });
  });
});

describe('the terminal client', () => {
  it('comes back after a cut and tells each event once, in order', async () => {
    const agent = await person({ role: 'agent', hubId: hubs.ms });
    const [told, notes]: [string[], string[]] = [[], []];
    const nothing = (): void => undefined;
    const listeners = { presence: nothing, figures: nothing, resync: nothing, over: nothing };
    const feed = new LiveFeed(
      base,
      agent.token,
      { ...listeners, poke: ({ cursor }) => told.push(cursor.id), note: (text) => notes.push(text) },
      { fromMs: 200, toMs: 400 },
    );
    open.push(feed);
    feed.connect();
    await until(() => notes.includes('Connected.'));
    const id = await ticket(hubs.ms);
    let going = true;
    const written: string[] = [];
    const writer = (async () => {
      while (going) {
        const { rows } = await admin.query<{ id: string }>(
          `insert into event (at, type, ticket_id, hub_id) values (now(), 'ticket.changed', $1, $2) returning id::text`,
          [id, hubs.ms],
        );
        written.push(rows[0].id);
        await notify();
        await sleep(10);
      }
    })();
    await until(() => told.length > 10);
    // A change of rights cuts the transport at the next review.
    await admin.query('update membership set cleared = true where account_id = $1', [agent.accountId]);
    await until(() => notes.some((note) => /again; [1-9]/.test(note)));
    await sleep(200);
    going = false;
    await writer;
    await until(() => told.length >= written.length);
    expect(told).toEqual(written);
  });
});

describe('bad input', () => {
  it('is answered in one fixed shape', async () => {
    const socket = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    for (const name of ['nothing', '__proto__', 'constructor', 'hub:%', 'join', 'x'.repeat(10_000)]) {
      expect(await ask(socket, name, { ticketId: uuid() })).toEqual({ ok: false, code: 'bad_event' });
    }
    const bodies = [[], null, 7, 'text', {}, { ticketId: 7 }, { ticketId: 'hub:%' }, { ticketId: [uuid()] }, [uuid()]];
    for (const body of bodies) {
      for (const name of ['watch', 'typing', 'resume']) {
        expect(await ask(socket, name, body)).toEqual({ ok: false, code: 'validation_failed' });
        await sleep(20);
      }
    }
    expect(await ask(socket, 'watch')).toEqual({ ok: false, code: 'validation_failed' });
    expect(await ask(socket, 'resume', { xid: '-1', id: '1' })).toEqual({ ok: false, code: 'validation_failed' });
    expect(socket.connected).toBe(true);
  });

  it('more than 50 events a second are refused, and cut after the third', async () => {
    const socket = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const codes: unknown[] = [];
    for (let i = 0; i < 200; i += 1) socket.emit('nothing' as 'watch', {} as never, (answer) => codes.push(answer));
    await closed(socket);
    expect(codes.filter((one) => (one as { code: string }).code === 'rate_limited')).toHaveLength(3);
    expect(codes.length).toBeLessThanOrEqual(53);
  });

  it('of any bytes leaves the process serving the others', async () => {
    const { token } = await person({ role: 'agent', hubId: hubs.ms });
    const calm = await signedIn((await person({ role: 'agent', hubId: hubs.ms })).token);
    const replies: string[] = [];
    const raw = (): Promise<WebSocket> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${base.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
        socket.on('error', reject);
        socket.on('message', (data) => replies.push(String(data)));
        socket.on('open', () => {
          socket.send(`40${JSON.stringify({ token })}`);
          resolve(socket);
        });
      });
    const prefixes = [
      '',
      '4',
      '42',
      '42["watch",',
      '451-["x"',
      '51000000-["watch"',
      '421[',
      '40/other,',
      '43',
      '44',
      '1',
      '42["__proto__"',
    ];
    let socket = await raw();
    for (let i = 0; i < 1_000; i += 1) {
      if (socket.readyState !== WebSocket.OPEN) socket = await raw();
      const bytes = randomBytes(1 + Math.floor(Math.random() * 200));
      socket.send(i % 3 === 0 ? bytes : prefixes[i % prefixes.length] + bytes.toString(i % 2 ? 'latin1' : 'base64'));
      if (i % 20 === 0) await sleep(5);
    }
    socket.send(Buffer.alloc(101_000));
    await sleep(300);
    for (const word of [token, 'node_modules', 'at Object', 'Error:', 'stack', '/home']) {
      expect(replies.join('\n')).not.toContain(word);
    }
    expect(calm.connected).toBe(true);
    await happen('ticket.noted', await ticket(hubs.ms), hubs.ms);
    await until(() => calm.pokes.length === 1);
    socket.close();
  });
});

describe('several processes', () => {
  it('poke each socket once, and share presence', async () => {
    const others = [await boot(true), await boot(true)];
    try {
      const people = [await person({ role: 'agent', hubId: hubs.ms }), await person({ role: 'agent', hubId: hubs.ms })];
      const [a, b] = [
        await signedIn(people[0].token, { url: urlOf(others[0]) }),
        await signedIn(people[1].token, { url: urlOf(others[1]) }),
      ];
      await sleep(500); // the processes get to know each other
      const id = await ticket(hubs.ms);
      let latest: Presence | undefined;
      a.on('presence', (presence) => (latest = presence));
      await ask(a, 'watch', { ticketId: id });
      await ask(b, 'watch', { ticketId: id });
      await until(() => latest?.viewers.length === 2);
      await happen('ticket.noted', id, hubs.ms);
      await until(() => a.pokes.length === 1 && b.pokes.length === 1);
      await sleep(1_200); // a poll later still once
      expect([a.pokes.length, b.pokes.length]).toEqual([1, 1]);
      b.close();
      await until(() => latest?.viewers.length === 1);
    } finally {
      for (const one of others) await one.close();
    }
  });
});
