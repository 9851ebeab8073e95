import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { SYSTEM_ACTOR, TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { NewEvent } from '@app/domain/events';
import { NotificationsQueries } from '@app/features/notifications/notifications.queries';
import { NotificationsService } from '@app/features/notifications/notifications.service';
import { OutboxController } from '../../apps/api/src/dev/outbox.controller';
import { WorkerModule } from '../../apps/worker/src/worker.module';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';
import { Arrange, until, type TestHub } from '../support/tickets';

interface Received {
  to: string[];
  raw: string;
}

/** A mail server that keeps what it gets and refuses the first `refusals` mails. */
async function startSmtp(refusals = 0) {
  const received: Received[] = [];
  let left = refusals;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (left > 0) {
          left -= 1;
          return done(Object.assign(new Error('try later'), { responseCode: 451 }));
        }
        const to = session.envelope.rcptTo.map((one) => one.address);
        received.push({ to, raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  return { url: `smtp://127.0.0.1:${port}`, received, close };
}

/** Texts of the parts, decoded; enough for what we send. */
function decode(raw: string): string {
  return raw
    .split(/\r\n--[^\r\n]+\r\n/)
    .map((part) => {
      const [head, ...rest] = part.split('\r\n\r\n');
      const body = rest.join('\r\n\r\n').split('\r\n--')[0];
      if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
      if (!/encoding: quoted-printable/i.test(head)) return body;
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(bytes, 'latin1').toString();
    })
    .join('\n');
}

describe('notifications', () => {
  let database: TestDatabase;
  let arrange: Arrange;
  let hub: TestHub;
  let app: INestApplicationContext | undefined;
  let smtp: Awaited<ReturnType<typeof startSmtp>>;

  beforeEach(async () => {
    database = await createTestDatabase();
    arrange = await Arrange.open(database.adminUrl);
    hub = await arrange.hub('MS', true);
    smtp = await startSmtp();
  });
  afterEach(async () => {
    await app?.close();
    await smtp.close();
    await arrange.close();
    await database.drop();
  });

  async function happen(event: NewEvent, changes = {}): Promise<void> {
    app ??= await startContext(testConfig(database.appUrl, { smtpUrl: smtp.url, ...changes }), WorkerModule);
    await app.get(TenantDb).system(async (tx) => tx.emit({ hubId: hub.id, ...event }));
    await until(
      () => arrange.rows('select event_id, consumer, attempts, last_error from outbox where done_at is null'),
      (rows) => rows.length === 0,
    );
  }

  const told = () =>
    arrange.rows<{ kind: string; name: string }>(
      'select n.kind, a.name from notification n join account a on a.id = n.account_id order by n.kind, a.name',
    );

  beforeEach(() => (app = undefined));

  it('mails an Arabic answer once, with its language, directions, stable id, answer and legal notice', async () => {
    const requesterId = await arrange.account('Amina', { locale: 'fr' });
    const ticketId = await arrange.ticket(hub, { language: 'ar', requesterId, assigneeId: requesterId });
    const messageId = await arrange.reply(hub, ticketId, 'الجواب نعم.\nVoir <b>article 5</b>', 'تنبيه قانوني');
    await happen({ type: 'ticket.replied', ticketId, data: { messageId, outcome: 'answered' } });
    expect(await told()).toEqual([{ kind: 'answered', name: 'Amina' }]);
    const [mail] = await arrange.rows<{ id: string; messageId: string; sent: boolean }>(
      'select id, message_id as "messageId", sent_at is not null as sent from mail_message',
    );
    expect(mail).toMatchObject({ messageId: `<${mail.id}@sanad>`, sent: true });
    expect(smtp.received).toHaveLength(1);
    const { to, raw } = smtp.received[0];
    expect(to).toEqual(['amina@example.org']);
    expect(raw).toContain(`Message-ID: <${mail.id}@sanad>\r\n`);
    expect(raw).toMatch(/^Content-Language: ar\r$/m);
    const content = decode(raw);
    expect(content).toContain('<html lang="ar" dir="rtl">');
    expect(content).toContain('<p dir="rtl">الجواب نعم.</p>');
    expect(content).toContain('<p dir="ltr">Voir &lt;b&gt;article 5&lt;/b&gt;</p>');
    expect(content).toContain('تنبيه قانوني');
    expect(content).toContain('قطب MS');
    expect(await arrange.rows(`select 1 from event where type = 'mail.sent'`)).toHaveLength(1);
  });

  it('acknowledges a request with its reference and promise; a subject cannot add headers', async () => {
    const requesterId = await arrange.account('Amina');
    const subject = 'Statuts\r\nBcc: all@example.org';
    const ticketId = await arrange.ticket(hub, { requesterId, subject });
    await arrange.clock(hub, ticketId, '2026-11-24T10:00:00Z');
    await happen({ type: 'ticket.created', ticketId, data: {} });
    const [{ reference }] = await arrange.rows<{ reference: string }>('select reference from ticket');
    expect(smtp.received.map((mail) => mail.to)).toEqual([['amina@example.org']]);
    const content = decode(smtp.received[0].raw);
    expect(content).toContain(`\u2068${reference}\u2069`);
    expect(content).toContain('\u2068mardi 24 novembre 2026 à 10 h 00\u2069');
    expect(content).toContain(`https://sanad.example/fr/r/${reference}`);
    expect(smtp.received[0].raw).not.toMatch(/^Bcc:/m);
  });

  it('tries again when the mail server refuses, and counts it', async () => {
    await smtp.close();
    smtp = await startSmtp(1);
    const ticketId = await arrange.ticket(hub, { requesterId: await arrange.account('Amina') });
    await happen({ type: 'ticket.created', ticketId, data: {} });
    expect(smtp.received).toHaveLength(1);
    expect(await arrange.rows(`select attempts from outbox where consumer = 'mail'`)).toEqual([{ attempts: 1 }]);
  });

  it('tells the assignee of what is at risk, and the supervisors too of what is late', async () => {
    const agent = await arrange.staff(hub, 'agent', 'Karim', { locale: 'ar' });
    await arrange.staff(hub, 'supervisor', 'Salma');
    const ticketId = await arrange.ticket(hub, { assigneeId: agent });
    const clockId = await arrange.clock(hub, ticketId, '2026-11-24T10:00:00Z');
    await happen({ type: 'clock.warned', ticketId, data: { clockId, metric: 'first_response' } });
    expect(await told()).toEqual([{ kind: 'at_risk', name: 'Karim' }]);
    await happen({ type: 'clock.breached', ticketId, data: { clockId, metric: 'first_response' } });
    expect(await told()).toEqual([
      { kind: 'at_risk', name: 'Karim' },
      { kind: 'late', name: 'Karim' },
      { kind: 'late', name: 'Salma' },
    ]);
    expect(smtp.received.map((mail) => [mail.to[0], /Content-Language: (\w+)/.exec(mail.raw)?.[1]]).sort()).toEqual([
      ['karim@example.org', 'ar'],
      ['karim@example.org', 'ar'],
      ['salma@example.org', 'fr'],
    ]);
    await arrange.rows(`update sla_clock set state = 'met'`);
    await happen({ type: 'clock.warned', ticketId, data: { clockId, metric: 'first_response' } });
    expect(await told()).toHaveLength(3);
  });

  it('tells the supervisors when nobody has the ticket, the national ones when it climbs there, and nobody of their own act', async () => {
    const regional = await arrange.hub('FM');
    const salma = await arrange.staff(regional, 'supervisor', 'Salma');
    await arrange.staff(hub, 'supervisor', 'Nadia');
    const ticketId = await arrange.ticket(regional);
    await happen({ type: 'ticket.asked-again', hubId: regional.id, ticketId, data: {} });
    await happen({ type: 'ticket.escalated', hubId: regional.id, ticketId, data: { from: 'agent', to: 'national' } });
    expect(await told()).toEqual([
      { kind: 'asked_again', name: 'Salma' },
      { kind: 'escalated', name: 'Nadia' },
    ]);
    await arrange.rows(`update ticket set assignee_id = $1`, [salma]);
    await app!
      .get(TenantDb)
      .run({ ...SYSTEM_ACTOR, accountId: salma }, async (tx) =>
        tx.emit({ type: 'ticket.assigned', hubId: regional.id, ticketId, data: { from: null, to: salma } }),
      );
    await happen({ type: 'ticket.asked-again', hubId: regional.id, ticketId, data: {} });
    expect((await told()).filter(({ kind }) => kind === 'assigned')).toEqual([]);
  });

  it('sends nothing outside from a demonstration, but writes whole files', async () => {
    const config = testConfig(database.appUrl, { smtpUrl: smtp.url, demonstration: true });
    const ticketId = await arrange.ticket(hub, { language: 'ar', requesterId: await arrange.account('Amina') });
    await happen({ type: 'ticket.created', ticketId, data: {} }, config);
    const [{ id }] = await arrange.rows<{ id: string }>('select id from mail_message');
    expect(smtp.received).toEqual([]);
    const folder = path.join(config.varDir, 'outbox');
    expect(readdirSync(folder)).toEqual([`${id}.eml`]);
    expect(readFileSync(path.join(folder, `${id}.eml`), 'utf8')).toContain(`Message-ID: <${id}@sanad>`);
  });

  it('shows the outbox of a demonstration with everything escaped, and of nothing else', async () => {
    const config = testConfig(database.appUrl, { demonstration: true });
    const subject = '<script>alert(1)</script>';
    const ticketId = await arrange.ticket(hub, { subject, requesterId: await arrange.account('Amina') });
    await happen({ type: 'ticket.created', ticketId, data: {} }, config);
    const queries = app!.get(NotificationsQueries);
    const html = await new OutboxController(queries, config).show();
    expect(html).toContain('amina@example.org');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<(script|style)|\son\w+=|\sstyle=/);
    const real = new OutboxController(queries, { ...config, demonstration: false });
    await expect(real.show()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists one page after the other for their owner only, and marks them read', async () => {
    const agent = await arrange.staff(hub, 'agent', 'Karim');
    const other = await arrange.staff(hub, 'agent', 'Omar');
    const ticketId = await arrange.ticket(hub, { assigneeId: agent });
    for (let n = 0; n < 5; n += 1) await happen({ type: 'ticket.assigned', ticketId, data: { from: null, to: agent } });
    const actor = (accountId: string): Actor => ({ ...SYSTEM_ACTOR, accountId, role: 'agent', hubId: hub.id });
    const queries = app!.get(NotificationsQueries);
    const service = app!.get(NotificationsService);
    const first = await queries.list(actor(agent), { unread: true, limit: 3 });
    const second = await queries.list(actor(agent), { unread: true, limit: 3, cursor: first.nextCursor! });
    const seen = [...first.items, ...second.items].map((item) => item.id);
    expect(new Set(seen).size).toBe(5);
    expect([first.unread, second.nextCursor]).toEqual([5, null]);
    expect((await queries.list(actor(other), { unread: false, limit: 3 })).items).toEqual([]);
    await expect(
      queries.list(actor(other), { unread: true, limit: 3, cursor: first.nextCursor! }),
    ).rejects.toMatchObject({ code: 'invalid_cursor' });
    expect(await service.markRead(actor(other), seen)).toBe(0);
    expect(await service.markRead(actor(agent), seen.slice(0, 2))).toBe(2);
    expect((await queries.list(actor(agent), { unread: true, limit: 10 })).unread).toBe(3);
  });
});
