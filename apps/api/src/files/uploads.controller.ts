import { Controller, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { VISITOR, type Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { UploadView } from '@app/features/files/file-view.dto';
import { UploadsService } from '@app/features/files/uploads.service';
import { Public } from '@app/platform/access';
import { tokenOf } from '@app/platform/access.guard';
import { fileOf } from '@app/platform/file-body';
import { SessionReader } from '@app/platform/session-reader';

@ApiTags('files')
@ApiBearerAuth()
@Controller('uploads')
export class UploadsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly sessions: SessionReader,
  ) {}

  /** Hand in one file, with or without an account; its id goes into `uploadIds` of a question or a message within a day. */
  @Public()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @Post()
  async take(@Req() request: FastifyRequest): Promise<UploadView> {
    const actor = await this.who(request);
    const file = await fileOf(request);
    return this.uploads.take(actor, file.name, file.stream, request.ip);
  }

  private async who(request: FastifyRequest): Promise<Actor> {
    const token = tokenOf(request as Parameters<typeof tokenOf>[0]);
    if (token === null) return VISITOR;
    const signedIn = await this.sessions.find(token);
    if (!signedIn) throw new Refusal('invalid_token', 'The session is unknown or has ended.');
    return signedIn.actor;
  }
}
