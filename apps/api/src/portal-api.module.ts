import { Module } from '@nestjs/common';
import { PortalModule } from '@app/features/portal/portal.module';
import { PortalController } from './portal/portal.controller';

@Module({ imports: [PortalModule], controllers: [PortalController] })
export class PortalApiModule {}
