import { Module } from '@nestjs/common';
import { FilesModule } from '@app/features/files/files.module';
import { IdentityModule } from '@app/features/identity/identity.module';
import { TicketsModule } from '@app/features/tickets/tickets.module';
import { AttachmentsController } from './files/attachments.controller';
import { UploadsController } from './files/uploads.controller';

@Module({
  imports: [IdentityModule, FilesModule, TicketsModule],
  controllers: [UploadsController, AttachmentsController],
})
export class FilesApiModule {}
