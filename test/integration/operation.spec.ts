import { Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { migrate, migrationNames } from '@app/db/migrate';
import { checkMigrated } from '@app/db/migrated';
import { Clock } from '@app/platform/clock';
import type { Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import { ProcessState, stopServing } from '@app/platform/process-state';
import { HealthController } from '@app/platform/health.controller';
import { createHttpApp } from '@app/platform/http-app';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { testConfig } from '../support/processes';
import { Arrange } from '../support/tickets';

class LedClock extends Clock {
  aheadMs = 0;
  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

@Module({})
class Served {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return { module: Served, imports: [DatabaseModule.forRoot(config, { clock })], controllers: [HealthController] };
  }
}

describe('a process says whether it can serve', () => {
  let database: TestDatabase;
  let arrange: Arrange;
  let app: NestFastifyApplication;
  const clock = new LedClock();

  beforeAll(async () => {
    database = await createTestDatabase();
    arrange = await Arrange.open(database.adminUrl);
    const config = testConfig(database.appUrl, { redisUrl: null });
    app = await createHttpApp(Served.forRoot(config, clock), config);
    await app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app?.close();
    await arrange?.close();
    await database?.drop();
  });

  const ready = async (): Promise<string> => {
    const { status, body } = await request(app.getHttpServer()).get('/api/ready');
    return status === 200 ? 'ready' : `${status} ${(body as { code: string; detail: string }).detail}`;
  };

  test('ready, also beside migrations that only a newer program knows', async () => {
    expect(await ready()).toBe('ready');
    await arrange.rows(`insert into schema_migration (name) values ('9999_of_tomorrow.sql')`);
    expect(await ready()).toBe('ready');
    await arrange.rows(`delete from schema_migration where name like '9999%'`);
  });

  test('not ready: an older database, a wrong clock, an outbox that stands still where it is handed on', async () => {
    const [last] = migrationNames().slice(-1);
    await arrange.rows('delete from schema_migration where name = $1', [last]);
    expect(await ready()).toBe('503 The database has an older version.');
    await arrange.rows('insert into schema_migration (name) values ($1)', [last]);
    clock.aheadMs = 3_000;
    expect(await ready()).toBe('503 The clock is off from the database.');
    clock.aheadMs = -3_000;
    expect(await ready()).toBe('503 The clock is off from the database.');
    clock.aheadMs = 0;
    await arrange.rows(
      `with e as (insert into event (at, type) values (now(), 'ticket.routed') returning id)
       insert into outbox (event_id, consumer, next_try_at) select id, 'assignment', now() - interval '2 minutes' from e`,
    );
    expect(await ready()).toBe('ready');
    app.get(ProcessState).relays = true;
    expect(await ready()).toBe('503 The outbox does not move.');
    await arrange.rows('update outbox set done_at = now()');
    expect(await ready()).toBe('ready');
  });

  test('not ready once it is about to end, while it still answers and asks for no further request on the connection', async () => {
    app.get(ProcessState).draining = true;
    expect(await ready()).toBe('503 The process is about to end.');
    const live = await request(app.getHttpServer()).get('/api/live');
    expect([live.status, live.headers.connection]).toEqual([200, 'close']);
    await stopServing(app, 0);
  });
});

describe('versions', () => {
  let database: TestDatabase;
  let arrange: Arrange;
  beforeAll(async () => {
    database = await createTestDatabase();
    arrange = await Arrange.open(database.adminUrl);
  });
  afterAll(async () => {
    await arrange?.close();
    await database?.drop();
  });

  const NEWER = 'The database is newer than this program: install the newer program.';

  test('data of a newer program are refused in one sentence, by starting and by migrating, and stay as they are', async () => {
    await checkMigrated(database.appUrl);
    await arrange.rows(`insert into schema_migration (name) values ('9999_of_tomorrow.sql')`);
    await expect(checkMigrated(database.appUrl)).rejects.toThrow(NEWER);
    const { username, password } = new URL(database.appUrl);
    await expect(migrate(database.adminUrl, { user: username, password })).rejects.toThrow(NEWER);
    const [{ n }] = await arrange.rows<{ n: number }>('select count(*)::int as n from schema_migration');
    expect(n).toBe(migrationNames().length + 1);
  });

  test('an older one and one that is not set up say what to do', async () => {
    await arrange.rows('delete from schema_migration where name = $1 or name like $2', [migrationNames()[0], '9999%']);
    await expect(checkMigrated(database.appUrl)).rejects.toThrow(/older than this program: run npm run setup/);
    await arrange.rows('alter table schema_migration rename to elsewhere');
    await expect(checkMigrated(database.appUrl)).rejects.toThrow(/not set up: run npm run setup/);
  });
});
