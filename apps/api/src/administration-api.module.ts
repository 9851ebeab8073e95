import { Module } from '@nestjs/common';
import { AdministrationModule } from '@app/features/administration/administration.module';
import { InvitationsController } from './administration/invitations.controller';
import { PeopleController } from './administration/people.controller';

@Module({ imports: [AdministrationModule], controllers: [PeopleController, InvitationsController] })
export class AdministrationApiModule {}
