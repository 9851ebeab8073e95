import type { INestApplicationContext } from '@nestjs/common';
import type { Carrier } from '@app/platform/carrier';
import { CARRIER } from '@app/platform/database.module';
import { checkRedis } from '@app/platform/redis';
import { WorkerModule } from '../../apps/worker/src/worker.module';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { startContext, testConfig } from '../support/processes';
import { describeWithRedis, freePort, TestRedis } from '../support/redis';
import { Arrange, until, type TestHub } from '../support/tickets';

describeWithRedis('Redis', () => {
  const servers: TestRedis[] = [];
  const start = async (...args: Parameters<typeof TestRedis.start>): Promise<TestRedis> => {
    const server = await TestRedis.start(...args);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const complaint = (url: string): Promise<string> =>
    checkRedis(url).then(
      () => 'none',
      (error: Error) => error.message,
    );

  test('one that would lose jobs is refused in one sentence that says what to set', async () => {
    const server = await start(['--maxmemory', '50mb']);
    const url = `redis://127.0.0.1:${server.port}`;
    expect(await complaint(url)).toBe('none');
    await server.ask('config', 'set', 'maxmemory-policy', 'allkeys-lru');
    expect(await complaint(url)).toBe(
      'Redis would throw jobs away when its memory is full (maxmemory-policy is allkeys-lru): set maxmemory-policy noeviction.',
    );
    await server.ask('config', 'set', 'maxmemory-policy', 'noeviction');
    await server.ask('config', 'set', 'appendonly', 'no');
    expect(await complaint(url)).toBe(
      'Redis writes no append-only file and would lose its jobs in a crash: set appendonly yes.',
    );
    await server.ask('config', 'set', 'requirepass', 'secret');
    expect(await complaint(url)).toMatch(/^The Redis of REDIS_URL cannot be used \(NOAUTH.*check the address/);
  });

  test('one that does not answer is named, and the process that needs none starts all the same', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    expect(await complaint(url)).toBe(
      'The Redis of REDIS_URL cannot be used (ECONNREFUSED): check the address, the password and that it runs.',
    );
    await checkRedis(url, { mustAnswer: false });
  });

  const addresses: Record<string, () => Promise<string>> = {
    'a single server': async () => `redis://127.0.0.1:${(await start()).port}`,
    'the master that a Sentinel knows': async () => {
      const { port } = await start();
      const sentinel = await start([], `sentinel monitor main 127.0.0.1 ${port} 1\n`);
      return `redis+sentinel://127.0.0.1:${sentinel.port}/main`;
    },
    'a cluster': async () => {
      const node = await start(['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1']);
      await node.ask('cluster', 'addslotsrange', '0', '16383');
      await until(
        () => node.ask('cluster', 'info'),
        (info) => String(info).includes('cluster_state:ok'),
      );
      return `redis+cluster://127.0.0.1:${node.port}`;
    },
  };

  describe.each(Object.keys(addresses))('%s', (kind) => {
    let database: TestDatabase;
    let arrange: Arrange;
    let hub: TestHub;
    let app: INestApplicationContext;
    beforeAll(async () => {
      database = await createTestDatabase();
      arrange = await Arrange.open(database.adminUrl);
      hub = await arrange.hub('MS', true);
      await arrange.staff(hub, 'agent', 'Karim');
    });
    afterAll(async () => {
      await arrange.close();
      await database.drop();
    });

    test('carries jobs and pokes', async () => {
      const redisUrl = await addresses[kind]();
      expect(await complaint(redisUrl)).toBe('none');
      app = await startContext(testConfig(database.appUrl, { redisUrl }), WorkerModule);
      const heard: string[] = [];
      const carrier = app.get<Carrier>(CARRIER);
      await carrier.subscribe('trial', (payload) => heard.push(payload));
      await carrier.publish('trial', 'word');
      const [ticket] = await arrange.tickets(hub, 1);
      await arrange.rows(
        `with e as (insert into event (at, type, ticket_id, hub_id) values (now(), 'ticket.created', $1, $2) returning id)
         insert into outbox (event_id, consumer) select id, 'assignment' from e`,
        [ticket, hub.id],
      );
      await until(
        () =>
          arrange.rows<{ done: boolean }>('select done_at is not null as done from outbox order by event_id limit 1'),
        ([row]) => row.done,
      );
      expect(heard).toEqual(['word']);
      await app.close();
    });
  });
});
