import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { BrandingService } from '@app/features/administration/branding.service';
import { BrandingView } from '@app/features/administration/programme-view.dto';
import { Allow, CurrentActor, Public } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { tagged, VERSION } from '../tagged';
import { BrandingBody, LogoQuery } from './branding.dto';

@ApiTags('administration')
@Controller('hubs')
export class BrandingController {
  constructor(private readonly branding: BrandingService) {}

  /** What a hub shows of itself, for pages without an account too. */
  @Public()
  @Get(':id/branding')
  async get(@Param() { id }: IdParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<BrandingView> {
    return tagged(reply, await this.branding.get(id));
  }

  /** Your hub's; any hub's for the programme. */
  @ApiBearerAuth()
  @Allow('branding:write')
  @ApiHeader(VERSION)
  @Put(':id/branding')
  async write(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: BrandingBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BrandingView> {
    const { greetingFr = null, greetingAr = null, phone = null, ...rest } = body;
    return tagged(reply, await this.branding.write(actor, id, { ...rest, greetingFr, greetingAr, phone }, version));
  }

  /** The picture itself. */
  @Public()
  @Get(':id/logo')
  async logo(@Param() { id }: IdParams, @Query() _: LogoQuery, @Res() reply: FastifyReply): Promise<void> {
    const { mediaType, content } = await this.branding.logo(id);
    void reply
      .header('content-type', mediaType)
      .header('cache-control', 'public, max-age=86400')
      .header('cross-origin-resource-policy', 'same-origin')
      // Opened on its own address it is a picture and nothing more.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(content);
  }
}
