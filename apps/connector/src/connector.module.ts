import { Module } from '@nestjs/common';
import { ConnectorService } from './connector.service';

/** Telephone systems that do not call us. Needs the global DatabaseModule. */
@Module({ providers: [ConnectorService] })
export class ConnectorModule {}
