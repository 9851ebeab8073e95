import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { readConfig } from '@app/platform/config';
import { portOf } from '@app/platform/http-app';
import type { Log } from '@app/platform/log';
import { createApp } from '../../apps/all/src/app';
import { createTestDatabase, type TestDatabase } from './database';
import { World, type TestPerson } from './world';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The whole program on a database of its own, listening on a free port. */
export class TestApp {
  /** Kept open between requests, as a browser does. */
  private readonly connections = new Agent({ keepAlive: true });

  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly world: World,
    readonly url: string,
    readonly varDir: string,
  ) {}

  static async start(settings: { demonstration?: boolean; log?: Log } = {}): Promise<TestApp> {
    const database = await createTestDatabase();
    const world = await World.create(database);
    const varDir = mkdtempSync(path.join(tmpdir(), 'sanad-test-'));
    const config = {
      ...readConfig({
        DATABASE_URL: database.appUrl,
        REDIS_URL: process.env.TEST_REDIS_URL,
        SANAD_VAR: varDir,
        PORT: '0',
        LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
      }),
      demonstration: settings.demonstration ?? true,
    };
    const app = await createApp(config, settings.log ? { log: settings.log } : {});
    await app.listen(0, '127.0.0.1');
    return new TestApp(app, database, world, `http://127.0.0.1:${portOf(app)}`, varDir);
  }

  async stop(): Promise<void> {
    this.connections.destroy();
    await this.app.close();
    await this.world.close();
    await this.database.drop();
    rmSync(this.varDir, { recursive: true, force: true });
  }

  /** A request below /api/v1 as somebody. */
  as(person: Pick<TestPerson, 'token'> | null, method: Method, route: string): request.Test {
    const call = request(this.url)[method](`/api/v1${route}`).agent(this.connections);
    return person ? call.set('authorization', `Bearer ${person.token}`) : call;
  }

  /** Asks a question; every field has a default. */
  ask(person: TestPerson, body: Record<string, unknown> = {}, key: string = randomUUID()): request.Test {
    const question = {
      subject: 'Récépissé définitif',
      body: 'Notre récépissé provisoire a 74 jours. Que faire ?',
      categoryCode: 'CRE.04',
      ...body,
    };
    return this.as(person, 'post', '/tickets').set('idempotency-key', key).send(question);
  }

  /** Writes on a ticket. */
  write(person: TestPerson, ticket: string, body: Record<string, unknown>, key: string = randomUUID()): request.Test {
    return this.as(person, 'post', `/tickets/${ticket}/messages`)
      .set('idempotency-key', key)
      .send({ kind: 'reply', ...body });
  }

  /** Waits until something is so; the background does its work in its own time. */
  async until<T>(what: () => Promise<T | null | undefined | false>, ms = 20_000): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const found = await what();
      if (found) return found;
      if (Date.now() > end) throw new Error(`not so within ${ms} ms: ${what.toString().slice(0, 200)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
