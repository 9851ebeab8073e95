import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { migrationNames } from '@app/db/migrate';
import { TenantDb } from '@app/db/tenant-db';
import { Refusal } from '@app/domain/refusal';
import { checkZoneSource } from '@app/domain/zone';
import { Public } from '@app/platform/access';
import { Clock } from '@app/platform/clock';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';
import { registry } from '@app/platform/metrics';

const MAX_DRIFT_MS = 2_000;
const MAX_OUTBOX_AGE_S = 60;

/** For machines that watch the process: unversioned. */
@ApiExcludeController()
@Controller('api')
export class HealthController {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The loop turns. */
  @Public()
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Database answers and is migrated, clocks agree, zone data is right, the outbox moves. */
  @Public()
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    checkZoneSource();
    const [row] = await this.db.system((tx) =>
      tx.query<{ now: Date; migrations: number; oldest: number | null }>(
        'ready',
        `select clock_timestamp() as now, (select count(*)::int from schema_migration) as migrations,
           (select extract(epoch from clock_timestamp() - min(next_try_at))::float8 from outbox where done_at is null and dead_at is null) as oldest`,
      ),
    );
    const drift = Math.abs(row.now.getTime() - this.clock.now().getTime());
    if (drift > MAX_DRIFT_MS) throw new Refusal('starting', 'The clock is off from the database.');
    if (row.migrations !== migrationNames().length) throw new Refusal('starting', 'The database has another version.');
    if ((row.oldest ?? 0) > MAX_OUTBOX_AGE_S) throw new Refusal('starting', 'The outbox does not move.');
    return { status: 'ok' };
  }

  /** Prometheus text, for this machine or with the token. */
  @Public()
  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = this.config.metricsToken;
    const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
    if (!local && (token === null || request.headers.authorization !== `Bearer ${token}`))
      throw new Refusal('not_found', 'Not found.');
    void reply.type(registry.contentType).send(await registry.metrics());
  }
}
