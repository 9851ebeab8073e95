import { Module } from '@nestjs/common';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { AssociationsController } from './associations/associations.controller';
import { CategoriesController } from './categories/categories.controller';
import { ContactsController } from './contacts/contacts.controller';
import { DeskController } from './desk/desk.controller';
import { HubsController } from './hubs/hubs.controller';
import { QueuesController } from './queues/queues.controller';
import { TerritoriesController } from './territories/territories.controller';

@Module({
  imports: [DirectoryModule],
  controllers: [
    AssociationsController,
    ContactsController,
    HubsController,
    TerritoriesController,
    CategoriesController,
    QueuesController,
    DeskController,
  ],
})
export class DirectoryApiModule {}
