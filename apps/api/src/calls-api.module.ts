import { Module } from '@nestjs/common';
import { CallsModule } from '@app/features/calls/calls.module';
import { DirectoryModule } from '@app/features/directory/directory.module';
import { CallReportsController } from './telephony/call-reports.controller';
import { CallbacksController } from './telephony/callbacks.controller';
import { CallsController } from './telephony/calls.controller';
import { HubTelephonyController } from './telephony/hub-telephony.controller';
import { PortalCallbacksController } from './telephony/portal-callbacks.controller';
import { ReceiverController } from './telephony/receiver.controller';

@Module({
  imports: [CallsModule, DirectoryModule],
  controllers: [
    ReceiverController,
    CallsController,
    CallbacksController,
    PortalCallbacksController,
    HubTelephonyController,
    CallReportsController,
  ],
})
export class CallsApiModule {}
