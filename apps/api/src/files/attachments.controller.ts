import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { contentDisposition } from '@app/domain/file-name';
import { AttachmentsQueries, type OpenedFile } from '@app/features/tickets/attachments.queries';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams } from '../params.dto';

/** A file of a stranger is never a page of ours. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

@ApiTags('files')
@ApiBearerAuth()
@Controller('attachments')
@Allow('tickets:read')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsQueries) {}

  /** The bytes of a file, to be saved; for whoever may read its message. */
  @ApiProduces('application/octet-stream')
  @Get(':id')
  async download(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return sent(reply, await this.attachments.open(actor, id), 'attachment', 'application/octet-stream');
  }

  /** A PNG or JPEG picture, to be shown; its bytes are looked at again. */
  @ApiProduces('image/png', 'image/jpeg')
  @Get(':id/image')
  async image(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { type, ...file } = await this.attachments.openImage(actor, id);
    return sent(reply, file, 'inline', type);
  }
}

function sent(
  reply: FastifyReply,
  { name, size, stream }: OpenedFile,
  kind: 'attachment' | 'inline',
  type: string,
): StreamableFile {
  void reply
    .header('content-security-policy', POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin');
  return new StreamableFile(stream, { type, length: size, disposition: contentDisposition(kind, name) });
}
