import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { migrationNames } from '@app/db/migrate';
import { TenantDb } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import { checkZoneSource } from '@app/domain/zone';
import { Public } from './access';
import { Clock, MAX_DRIFT_MS } from './clock';
import type { Config } from './config';
import { CONFIG } from './database.module';
import { ProcessState } from './process-state';
import { registry } from './metrics';

const MAX_OUTBOX_AGE_S = 60;

interface Probe {
  now: Date;
  migrations: string[];
  limited: boolean;
  oldest: number | null;
}

/** A transactional message is written and flushed as any row is, and leaves none behind; a database that only reads refuses it. */
const PROBE = `
  select clock_timestamp() as now, (select array_agg(name) from schema_migration) as migrations,
    current_setting('statement_timeout') <> '0' as limited,
    (select extract(epoch from clock_timestamp() - min(next_try_at))::float8 from outbox where done_at is null and dead_at is null) as oldest,
    pg_logical_emit_message(true, 'sanad', 'ready') as written`;

/** For machines that watch a process: unversioned. */
@ApiExcludeController()
@Controller('api')
export class HealthController {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly state: ProcessState,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The loop turns. */
  @Public()
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Not about to end; the database can be written and is migrated, clocks agree, zone data is right; where it is handed on, the outbox moves. */
  @Public()
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    if (this.state.draining) throw new Refusal('starting', 'The process is about to end.');
    checkZoneSource();
    const [row] = await this.db.system((tx) => tx.query<Probe>('ready', PROBE));
    const reason = this.notReady(row);
    if (reason) throw new Refusal('starting', reason);
    return { status: 'ok' };
  }

  /** Migrations that this build does not know yet are no obstacle: they only add, until no older process runs. */
  private notReady({ now, migrations, limited, oldest }: Probe): string | null {
    if (Math.abs(now.getTime() - this.clock.now().getTime()) > MAX_DRIFT_MS)
      return 'The clock is off from the database.';
    if (!migrationNames().every((name) => migrations.includes(name))) return 'The database has an older version.';
    if (!limited) return 'The login has no statement_timeout: run npm run setup.';
    return this.state.relays && (oldest ?? 0) > MAX_OUTBOX_AGE_S ? 'The outbox does not move.' : null;
  }

  /** Prometheus text, for this machine or with the token. */
  @Public()
  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = this.config.metricsToken;
    // What a proxy hands on comes from this machine as well, but not from one who belongs here.
    const local = isLoopback(request.ip) && request.headers['x-forwarded-for'] === undefined;
    if (!local && (token === null || request.headers.authorization !== `Bearer ${token}`))
      throw new Refusal('not_found', 'Not found.');
    void reply.type(registry.contentType).send(await registry.metrics());
  }
}

const isLoopback = (ip: string): boolean => ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip);
