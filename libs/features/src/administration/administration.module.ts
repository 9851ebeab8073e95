import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { AcceptanceService } from './acceptance.service';
import { AgreementsService } from './agreements.service';
import { BrandingService } from './branding.service';
import { InvitationsService } from './invitations.service';
import { ManagedCategoriesService } from './managed-categories.service';
import { ManagedHubsService } from './managed-hubs.service';
import { PeopleQueries } from './people.queries';
import { PeopleService } from './people.service';
import { SettingsService } from './settings.service';
import { TakeoverService } from './takeover.service';
import { TerritoriesService } from './territories.service';

const PARTS = [
  AcceptanceService,
  InvitationsService,
  PeopleQueries,
  PeopleService,
  AgreementsService,
  BrandingService,
  ManagedCategoriesService,
  ManagedHubsService,
  SettingsService,
  TakeoverService,
  TerritoriesService,
];

@Module({ imports: [DirectoryModule], providers: [...PARTS, CursorSecret], exports: PARTS })
export class AdministrationModule {}
