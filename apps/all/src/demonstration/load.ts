import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ClientBase } from 'pg';
import { loadAssociations } from '@app/db/reference/associations';
import { DAY_MS } from '@app/domain/zone';
import { AuditModule } from '@app/features/audit/audit.module';
import { SealService } from '@app/features/audit/seal.service';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { ReferenceData } from '@app/features/directory/reference-data';
import { NotificationsModule } from '@app/features/notifications/notifications.module';
import { LiveFiguresProjector } from '@app/features/reports/live-figures.projector';
import { ReportsModule } from '@app/features/reports/reports.module';
import { RoutingModule } from '@app/features/routing/routing.module';
import { SlaModule } from '@app/features/sla/sla.module';
import { CallsModule } from '@app/features/calls/calls.module';
import { CollaborationModule } from '@app/features/collaboration/collaboration.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import type { Config } from '@app/platform/config';
import { DatabaseModule } from '@app/platform/database.module';
import type { Person } from '../banner';
import { createPeople, type CastMember } from './accounts';
import { loadCalls } from './calls';
import { LedClock } from './led-clock';
import { Play, type Played } from './play';
import { readSamples } from './samples';
import { DAYS, type KnownAssociation, writeScript } from './script';

@Module({})
class DemonstrationModule {
  static forRoot(config: Config, clock: LedClock): DynamicModule {
    const features = [
      DirectoryModule,
      TicketsModule,
      CollaborationModule,
      SlaModule,
      RoutingModule,
      NotificationsModule,
      ReportsModule,
      AuditModule,
      CallsModule,
    ];
    return { module: DemonstrationModule, imports: [DatabaseModule.forRoot(config, { clock }), ...features] };
  }
}

/** Associations and people; the reference data must be there. The client is the administrator's, outside a transaction. */
export async function loadPeople(
  client: ClientBase,
  dir: string,
  now: Date,
): Promise<{ people: Person[]; cast: CastMember[] }> {
  await loadAssociations(client, dir, new Date(now.getTime() - (DAYS + 1) * DAY_MS));
  return createPeople(client, now);
}

/** Ten days of questions and answers up to now, through the same services as real ones, figures and seals included. */
export async function loadTickets(
  client: ClientBase,
  config: Config,
  given: { dir: string; cast: readonly CastMember[]; now: Date },
): Promise<Played> {
  const { dir, cast, now } = given;
  const clock = new LedClock(new Date(now.getTime() - DAYS * DAY_MS));
  const app = await NestFactory.createApplicationContext(
    DemonstrationModule.forRoot({ ...config, logLevel: 'silent' }, clock),
    { logger: false, abortOnError: false },
  );
  try {
    const reference = app.get(ReferenceData);
    const { calendar } = reference.calendarOf(reference.current.nationalHubId);
    const script = writeScript({
      samples: readSamples(dir),
      associations: await readAssociations(client, cast),
      calendar,
      now,
      defaultPriority: (code) => reference.category(code).defaultPriority,
    });
    const played = await new Play(app, { cast, clock, calendar, now }).perform(script);
    await loadCalls(app, now);
    await app.get(LiveFiguresProjector).catchUp();
    await app.get(SealService).seal();
    return played;
  } finally {
    await app.close();
  }
}

async function readAssociations(client: ClientBase, cast: readonly CastMember[]): Promise<KnownAssociation[]> {
  const peopled = new Set(cast.map(({ actor }) => actor.associationId));
  const { rows } = await client.query<Omit<KnownAssociation, 'hasPeople'>>(`
    select a.id, a.code, h.code as hub, a.place_code as "placeCode",
      (select c.id from contact c where c.association_id = a.id order by c.id limit 1) as "contactId"
    from association a join hub h on h.id = a.hub_id where a.demonstration order by a.code`);
  return rows.map((row) => ({ ...row, hasPeople: peopled.has(row.id) }));
}
