import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module';
import { TicketsModule } from '../tickets/tickets.module';
import { PortalQueries } from './portal.queries';

const PARTS = [PortalQueries];

@Module({ imports: [DirectoryModule, TicketsModule], providers: PARTS, exports: PARTS })
export class PortalModule {}
