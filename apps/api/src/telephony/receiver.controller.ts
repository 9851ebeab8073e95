import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReceiverService, type Webhook } from '@app/features/calls/receiver.service';
import { Public } from '@app/platform/access';
import { webhookTypeOf } from '@app/platform/webhook-body';
import { WebhookParams } from './telephony.dto';

/** Where telephone systems send what happens to calls. The token in the address is the credential; a signature is checked besides. */
@ApiTags('telephony')
@Controller('telephony')
export class ReceiverController {
  constructor(private readonly receiver: ReceiverService) {}

  /** An event in the system's own form, answered in its own words. */
  @Public()
  @Post(':token')
  @HttpCode(200)
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data')
  async receive(
    @Param() { token }: WebhookParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return this.answer(reply, request, { token, body, contentType: webhookTypeOf(request), query: false });
  }

  /** The same in a query string, for systems that can only call an address; off unless switched on. */
  @Public()
  @Get(':token')
  async receiveQuery(
    @Param() { token }: WebhookParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const body = Buffer.from(request.url.split('?')[1] ?? '');
    return this.answer(reply, request, { token, body, contentType: 'application/x-www-form-urlencoded', query: true });
  }

  private async answer(
    reply: FastifyReply,
    request: FastifyRequest,
    webhook: Pick<Webhook, 'token' | 'body' | 'contentType' | 'query'>,
  ): Promise<string> {
    const { headers, ip: address } = request;
    const { status, contentType, body } = await this.receiver.receive({ ...webhook, headers, address });
    void reply.status(status).type(contentType);
    return body;
  }
}
