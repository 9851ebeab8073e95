import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { DirectoryModule } from '../directory/directory.module';
import { FilesModule } from '../files/files.module';
import { AcceptanceService } from './acceptance.service';
import { AgreementsService } from './agreements.service';
import { BrandingService } from './branding.service';
import { DirectoryImport } from './directory-import.service';
import { ImportCheck } from './import-check.service';
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
  DirectoryImport,
  ImportCheck,
  ManagedCategoriesService,
  ManagedHubsService,
  SettingsService,
  TakeoverService,
  TerritoriesService,
];

@Module({ imports: [DirectoryModule, FilesModule], providers: [...PARTS, CursorSecret], exports: PARTS })
export class AdministrationModule {}
