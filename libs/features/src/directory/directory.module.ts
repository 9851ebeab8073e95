import { Module } from '@nestjs/common';
import { CursorSecret } from '@app/platform/cursor';
import { AssociationsQueries } from './associations.queries';
import { AssociationsService } from './associations.service';
import { CategoriesQueries } from './categories.queries';
import { ColleaguesQueries } from './colleagues.queries';
import { ContactsQueries } from './contacts.queries';
import { ContactsService } from './contacts.service';
import { HubsQueries } from './hubs.queries';
import { ReferenceData } from './reference-data';

const SHARED = [
  ReferenceData,
  CursorSecret,
  AssociationsService,
  AssociationsQueries,
  ContactsService,
  ColleaguesQueries,
  ContactsQueries,
  HubsQueries,
  CategoriesQueries,
];

@Module({ providers: SHARED, exports: SHARED })
export class DirectoryModule {}
