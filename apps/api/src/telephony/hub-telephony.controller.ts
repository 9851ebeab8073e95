import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { TelephonyQueries } from '@app/features/calls/telephony.queries';
import { TelephonyService } from '@app/features/calls/telephony.service';
import {
  IntegrationSecretView,
  IntegrationView,
  MirrorView,
  ReceivedEventList,
  TelephonyView,
} from '@app/features/calls/telephony-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { AgentParams } from '../routing/routing.dto';
import {
  ChangeIntegrationBody,
  ChangeTelephonyBody,
  CreateIntegrationBody,
  HubQueueParams,
  IntegrationParams,
  TelephonyAgentBody,
  TelephonyQueueBody,
} from './telephony.dto';

const IF_MATCH = { name: 'If-Match', required: true, description: '`"v<version>"` of what was read.' };

/** How a hub telephones. */
@ApiTags('telephony')
@Controller('hubs/:id/telephony')
@Allow('telephony:manage')
export class HubTelephonyController {
  constructor(
    private readonly service: TelephonyService,
    private readonly queries: TelephonyQueries,
  ) {}

  /** Level, telephone systems, queues and people. */
  @Get()
  find(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<TelephonyView> {
    return this.queries.find(actor, id);
  }

  @Patch()
  @ApiHeader(IF_MATCH)
  change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ChangeTelephonyBody,
  ): Promise<TelephonyView> {
    return this.service.change(actor, id, version, body);
  }

  /** A new telephone system. Its token and address are told this once. */
  @Post('integrations')
  add(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() body: CreateIntegrationBody,
  ): Promise<IntegrationSecretView> {
    return this.service.add(actor, id, body);
  }

  @Patch('integrations/:integrationId')
  @ApiHeader(IF_MATCH)
  changeIntegration(
    @CurrentActor() actor: Actor,
    @Param() { id, integrationId }: IntegrationParams,
    @IfMatch() version: number,
    @Body() body: ChangeIntegrationBody,
  ): Promise<IntegrationView> {
    return this.service.changeIntegration(actor, id, integrationId, version, body);
  }

  /** A new token; the one before ends at once. */
  @Post('integrations/:integrationId/token')
  @HttpCode(200)
  rotate(
    @CurrentActor() actor: Actor,
    @Param() { id, integrationId }: IntegrationParams,
  ): Promise<IntegrationSecretView> {
    return this.service.rotate(actor, id, integrationId);
  }

  /** The last events and what was understood of them: for a test call. */
  @Get('integrations/:integrationId/events')
  async events(
    @CurrentActor() actor: Actor,
    @Param() { id, integrationId }: IntegrationParams,
  ): Promise<ReceivedEventList> {
    return { items: await this.queries.events(actor, id, integrationId) };
  }

  /** What the telephone system says of its queues and people now. */
  @Get('integrations/:integrationId/mirror')
  async mirror(@CurrentActor() actor: Actor, @Param() { id, integrationId }: IntegrationParams): Promise<MirrorView> {
    return { items: await this.queries.mirror(actor, id, integrationId) };
  }

  /** Who distributes a queue, and its names in telephone systems. */
  @Put('queues/:queueId')
  changeQueue(
    @CurrentActor() actor: Actor,
    @Param() { id, queueId }: HubQueueParams,
    @Body() body: TelephonyQueueBody,
  ): Promise<TelephonyView> {
    return this.service.changeQueue(actor, id, queueId, body);
  }

  /** Telephones of one person, as telephone systems name them. */
  @Put('agents/:accountId')
  changeAgent(
    @CurrentActor() actor: Actor,
    @Param() { id, accountId }: AgentParams,
    @Body() { names }: TelephonyAgentBody,
  ): Promise<TelephonyView> {
    return this.service.changeAgent(actor, id, accountId, names);
  }
}
