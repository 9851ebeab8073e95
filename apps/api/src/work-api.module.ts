import { Module } from '@nestjs/common';
import { RoutingModule } from '@app/features/routing/routing.module';
import { WorkModule } from '@app/features/work/work.module';
import { RoutingController } from './routing/routing.controller';
import { PlansController } from './work/plans.controller';
import { TeamController } from './work/team.controller';
import { WorkController } from './work/work.controller';

@Module({
  imports: [WorkModule, RoutingModule],
  controllers: [WorkController, TeamController, PlansController, RoutingController],
})
export class WorkApiModule {}
