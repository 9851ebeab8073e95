import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { PoliciesQueries } from '@app/features/sla/policies.queries';
import { PoliciesService } from '@app/features/sla/policies.service';
import {
  ChangeView,
  PolicyDetailsView,
  PolicyImpactView,
  PolicyListView,
  PolicyVersionView,
  PublishedPolicyView,
} from '@app/features/sla/sla-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { PolicyDraftBody, PolicyOrderBody, VersionParams } from './sla.dto';

export const VERSION = { name: 'If-Match', required: true, description: 'The ETag that you have read, such as "v3".' };

@ApiTags('sla')
@ApiBearerAuth()
@Controller('sla')
export class PoliciesController {
  constructor(
    private readonly policies: PoliciesService,
    private readonly queries: PoliciesQueries,
  ) {}

  /** The policies in the order in which they are asked: the programme's and your hub's. */
  @Allow('sla:read')
  @Get('policies')
  list(@CurrentActor() actor: Actor): Promise<PolicyListView> {
    return this.queries.list(actor);
  }

  @Allow('sla:read')
  @Get('policies/:id')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDetailsView> {
    const policy = await this.queries.get(actor, id);
    reply.header('etag', etagOf(policy.version));
    return policy;
  }

  /** A version as it was published. */
  @Allow('sla:read')
  @Get('policies/:id/versions/:version')
  version(@CurrentActor() actor: Actor, @Param() { id, version }: VersionParams): Promise<PolicyVersionView> {
    return this.queries.version(actor, id, version);
  }

  /** What publishing a new policy would do to the open promises; nothing is written. */
  @Allow('sla:publish')
  @Post('policies/impact')
  @HttpCode(200)
  impactOfNew(@CurrentActor() actor: Actor, @Body() body: PolicyDraftBody): Promise<PolicyImpactView> {
    return this.policies.impact(actor, null, draftOf(body));
  }

  /** Publishes a new policy: the programme's, or your hub's. */
  @Allow('sla:publish')
  @Post('policies')
  publishNew(@CurrentActor() actor: Actor, @Body() body: PolicyDraftBody): Promise<PublishedPolicyView> {
    return this.policies.publish(actor, null, draftOf(body), 0);
  }

  /** What another order of your policies would do. */
  @Allow('sla:publish')
  @Post('policies/order/impact')
  @HttpCode(200)
  orderImpact(@CurrentActor() actor: Actor, @Body() { ids }: PolicyOrderBody): Promise<PolicyImpactView> {
    return this.policies.orderImpact(actor, ids);
  }

  /** Publishes another order of your policies. */
  @Allow('sla:publish')
  @Post('policies/order')
  @HttpCode(200)
  order(@CurrentActor() actor: Actor, @Body() { ids }: PolicyOrderBody): Promise<ChangeView> {
    return this.policies.publishOrder(actor, ids);
  }

  /** What publishing the draft would do to the open promises: how many move, how many become late, and which. */
  @Allow('sla:publish')
  @Post('policies/:id/impact')
  @HttpCode(200)
  impact(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() body: PolicyDraftBody,
  ): Promise<PolicyImpactView> {
    return this.policies.impact(actor, id, draftOf(body));
  }

  /** Publishes the draft as the next version; open clocks follow in the background. */
  @Allow('sla:publish')
  @ApiHeader(VERSION)
  @Post('policies/:id/publish')
  @HttpCode(200)
  publish(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: PolicyDraftBody,
  ): Promise<PublishedPolicyView> {
    return this.policies.publish(actor, id, draftOf(body), version);
  }

  /** How far a published change has come. */
  @Allow('sla:read')
  @Get('changes/:id')
  change(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<ChangeView> {
    return this.queries.change(actor, id);
  }
}

const draftOf = ({ definition, active = true }: PolicyDraftBody) => ({ definition, active });
