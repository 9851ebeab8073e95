import { Module } from '@nestjs/common';
import { RoutingModule } from '@app/features/routing/routing.module';
import { WorkModule } from '@app/features/work/work.module';
import { RoutingController } from './routing/routing.controller';
import { TeamController } from './work/team.controller';
import { WorkController } from './work/work.controller';

@Module({ imports: [WorkModule, RoutingModule], controllers: [WorkController, TeamController, RoutingController] })
export class WorkApiModule {}
