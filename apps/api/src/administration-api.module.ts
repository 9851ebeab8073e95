import { Module } from '@nestjs/common';
import { AdministrationModule } from '@app/features/administration/administration.module';
import { BrandingController } from './administration/branding.controller';
import { ImportsController } from './administration/imports.controller';
import { InvitationsController } from './administration/invitations.controller';
import { PeopleController } from './administration/people.controller';
import { ProgrammeController } from './administration/programme.controller';

@Module({
  imports: [AdministrationModule],
  controllers: [PeopleController, InvitationsController, ProgrammeController, BrandingController, ImportsController],
})
export class AdministrationApiModule {}
