import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { AcceptanceService } from './acceptance.service';
import { InvitationsService } from './invitations.service';
import { PeopleQueries } from './people.queries';
import { PeopleService } from './people.service';

const PARTS = [AcceptanceService, InvitationsService, PeopleQueries, PeopleService];

@Module({ imports: [DirectoryModule], providers: [...PARTS, CursorSecret], exports: PARTS })
export class AdministrationModule {}
