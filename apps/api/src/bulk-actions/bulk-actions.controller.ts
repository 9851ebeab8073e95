import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { BulkUndoView, BulkView } from '@app/features/collaboration/bulk-view.dto';
import { BulkService, type BulkChange } from '@app/features/collaboration/bulk.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { IdParams } from '../params.dto';
import { BulkBody } from './bulk-actions.dto';

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('bulk-actions')
@Allow('tickets:change')
export class BulkActionsController {
  constructor(private readonly bulk: BulkService) {}

  /** One change on up to 200 tickets; each says what came of it. With `dryRun` nothing is changed. */
  @Post()
  @HttpCode(200)
  apply(@CurrentActor() actor: Actor, @Body() body: BulkBody): Promise<BulkView> {
    return this.bulk.apply(actor, body.ticketIds, changeOf(actor, body), body.dryRun ?? false);
  }

  /** Take it back, within ten seconds, where nobody has changed anything since. */
  @Post(':id/undo')
  @HttpCode(200)
  undo(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<BulkUndoView> {
    return this.bulk.undo(actor, id);
  }
}

function changeOf(actor: Actor, body: BulkBody): BulkChange {
  const changes = [assigneeOf(actor, body), statusOf(body), priorityOf(body), tagsOf(body)].filter(
    (one) => one !== null,
  );
  const [change] = changes;
  if (!change || changes.length > 1) throw Refusal.field('', 'one_change_expected', 'Name exactly one change.');
  if (body.reason && !body.status) throw Refusal.field('/reason', 'not_allowed', 'Only on_hold takes a reason.');
  return change;
}

function assigneeOf({ accountId }: Actor, { assigneeId }: BulkBody): BulkChange | null {
  if (!assigneeId) return null;
  if (assigneeId === 'none') return { kind: 'assign', assigneeId: null };
  return { kind: 'assign', assigneeId: assigneeId === 'me' ? accountId : assigneeId };
}

const statusOf = ({ status, reason }: BulkBody): BulkChange | null =>
  status ? { kind: 'status', status, reason: reason ?? null } : null;

const priorityOf = ({ priority }: BulkBody): BulkChange | null => (priority ? { kind: 'priority', priority } : null);

const tagsOf = ({ addTags, removeTags }: BulkBody): BulkChange | null =>
  addTags || removeTags ? { kind: 'tags', add: addTags ?? [], remove: removeTags ?? [] } : null;
