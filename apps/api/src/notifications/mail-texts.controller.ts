import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { MailTextList, MailTextPreview, MailTextView } from '@app/features/notifications/mail-text-view.dto';
import { MailTextsService } from '@app/features/notifications/mail-texts.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IfMatch } from '@app/platform/precondition';
import { tagged, VERSION } from '../tagged';
import { MailTextBody, MailTextParams } from './mail-texts.dto';

@ApiTags('administration')
@ApiBearerAuth()
@Controller('mail-texts')
@Allow('mail-texts:write')
export class MailTextsController {
  constructor(private readonly texts: MailTextsService) {}

  /** The words of your hub's mails, in both languages. */
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<MailTextList> {
    return { items: await this.texts.list(actor) };
  }

  @Get(':template')
  async find(
    @CurrentActor() actor: Actor,
    @Param() { template }: MailTextParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MailTextView> {
    return tagged(reply, await this.texts.find(actor, template));
  }

  /** Your own words, once they have passed the checks of the preview. */
  @ApiHeader(VERSION)
  @Put(':template')
  async write(
    @CurrentActor() actor: Actor,
    @Param() { template }: MailTextParams,
    @IfMatch() version: number,
    @Body() body: MailTextBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MailTextView> {
    return tagged(reply, await this.texts.write(actor, template, body, version));
  }

  /** Back to the programme's words. */
  @ApiHeader(VERSION)
  @Delete(':template')
  @HttpCode(204)
  async remove(
    @CurrentActor() actor: Actor,
    @Param() { template }: MailTextParams,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.texts.remove(actor, template, version);
  }

  /** Both languages with invented values; problems are refused with their places. */
  @Post(':template/preview')
  @HttpCode(200)
  preview(@Param() { template }: MailTextParams, @Body() body: MailTextBody): MailTextPreview {
    return this.texts.preview(template, body);
  }
}
