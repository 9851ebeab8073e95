import { Module } from '@nestjs/common';
import { ReportsModule } from '@app/features/reports/reports.module';
import { SessionReader } from '@app/platform/session-reader';
import { CommandsService } from './commands.service';
import { EventReader } from './event-reader.service';
import { EventStore } from './event-store';
import { EventsGateway } from './events.gateway';
import { FiguresListener } from './figures-listener.service';
import { RightsService } from './rights.service';
import { WallService } from './wall.service';

/** Live updates over sockets; the process adds the database and the socket adapter (`useSockets`). */
@Module({
  imports: [ReportsModule],
  providers: [
    EventsGateway,
    CommandsService,
    EventReader,
    EventStore,
    FiguresListener,
    RightsService,
    SessionReader,
    WallService,
  ],
})
export class RealtimeModule {}
