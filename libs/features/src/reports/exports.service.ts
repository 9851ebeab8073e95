import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { AGENT_GROUPS } from '@app/domain/report-groups';
import { Refusal } from '@app/domain/refusal';
import { checkRange } from '@app/domain/report-period';
import { ReferenceData } from '../directory/reference-data';
import { MEDIA_TYPES, tableOf, writeTable, type ExportFormat } from './report-file';
import { reportScope } from './report-scope';
import type { AgentReportRequest } from './agent-report.dto';
import { AgentReportQueries } from './agent-report.queries';
import type { TicketReportRequest } from './ticket-report.dto';
import { TicketReportQueries } from './ticket-report.queries';
import type { ExportedReport, ExportView } from './export-view.dto';

const KEPT_MS = 24 * 3_600_000;
const MAX_ATTEMPTS = 3;
/** At once for one person. */
const MOST_WAITING = 5;

export interface ExportFile {
  name: string;
  mediaType: string;
  content: Buffer;
}

type Asked = TicketReportRequest & { report?: ExportedReport };

interface Job {
  id: string;
  actor: Actor;
  request: Asked;
  format: ExportFormat;
  attempts: number;
}

const COLUMNS = `id, format, state, progress, file_name as "fileName", created_at as "createdAt", finished_at as "finishedAt",
  expires_at as "expiresAt"`;
const CLAIM = `
  update report_export e set state = 'running', progress = 10, attempts = attempts + 1, locked_until = clock_timestamp() + interval '60 s'
  from (
    select id from report_export
    where state in ('waiting', 'running') and (locked_until is null or locked_until <= clock_timestamp())
    order by created_at limit 1 for update skip locked) next
  where e.id = next.id returning e.id, e.actor, e.request, e.format, e.attempts`;

/** Reports as files: asked for here, made by whichever worker comes first, kept for a day. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reports: TicketReportQueries,
    private readonly people: AgentReportQueries,
    private readonly reference: ReferenceData,
  ) {}

  /** Rights and range are checked at once, so that nobody waits for a refusal. */
  async ask(actor: Actor, request: Asked, format: ExportFormat): Promise<ExportView> {
    if (request.report === 'agents') this.people.scopeOf(actor, ofPeople(request));
    else {
      checkRange(request, request.by);
      reportScope(actor, request, this.reference);
    }
    return this.db.run(actor, async (tx) => {
      const [{ waiting }] = await tx.sql<{ waiting: number }>(
        `select count(*)::int as waiting from report_export where account_id = $1 and state in ('waiting', 'running')`,
        [actor.accountId],
      );
      if (waiting >= MOST_WAITING) throw new Refusal('rate_limited', 'Wait for the exports that are under way.');
      const [view] = await tx.query<ExportView>(
        'export-ask',
        `insert into report_export (id, account_id, actor, request, format, state, created_at, expires_at)
         values ($1, $2, $3, $4, $5, 'waiting', $6, $7) returning ${COLUMNS}`,
        [uuid(), actor.accountId, actor, request, format, tx.now, new Date(tx.now.getTime() + KEPT_MS)],
      );
      return view;
    });
  }

  async get(actor: Actor, id: string): Promise<ExportView> {
    const [view] = await this.db.run(actor, (tx) =>
      tx.query<ExportView>('export-get', `select ${COLUMNS} from report_export where id = $1 and expires_at > $2`, [
        id,
        tx.now,
      ]),
    );
    if (!view) throw new Refusal('not_found', 'Not found.');
    return view;
  }

  /** @throws Refusal `in_progress` while it is not written yet */
  async file(actor: Actor, id: string): Promise<ExportFile> {
    const { state, fileName, format } = await this.get(actor, id);
    if (state === 'waiting' || state === 'running') throw new Refusal('in_progress', 'The file is being written.');
    const [row] = await this.db.run(actor, (tx) =>
      tx.query<{ content: Buffer | null }>('export-file', 'select content from report_export where id = $1', [id]),
    );
    if (!row?.content) throw new Refusal('not_found', 'Not found.');
    return { name: fileName!, mediaType: MEDIA_TYPES[format], content: row.content };
  }

  /** Makes the file that waits longest; false when none waits. */
  async runNext(): Promise<boolean> {
    const [job] = await this.db.system((tx) => tx.query<Job>('export-claim', CLAIM));
    if (!job) return false;
    try {
      await this.make(job);
    } catch (error) {
      const state = job.attempts >= MAX_ATTEMPTS || error instanceof Refusal ? 'failed' : 'waiting';
      await this.finish(job.id, state, null, null);
      if (!(error instanceof Refusal)) throw error;
    }
    return true;
  }

  /** All that wait, then away with what is too old. */
  async runAll(): Promise<void> {
    while (await this.runNext());
    await this.db.system((tx) =>
      tx.query('export-expire', 'delete from report_export where expires_at <= $1', [tx.now]),
    );
  }

  private async make({ id, actor, request, format }: Job): Promise<void> {
    const people = request.report === 'agents';
    const report = people
      ? await this.people.report(actor, ofPeople(request))
      : await this.reports.report(actor, request);
    await this.db.system((tx) => tx.query('export-half', 'update report_export set progress = 60 where id = $1', [id]));
    const content = await writeTable(tableOf(report, actor.locale), format, 'Sanad');
    const name = people ? 'sanad-agents' : 'sanad';
    await this.finish(id, 'done', `${name}-${request.by}-${request.from}-${request.to}.${format}`, content);
  }

  private async finish(id: string, state: string, fileName: string | null, content: Buffer | null): Promise<void> {
    await this.db.system((tx) =>
      tx.query(
        'export-finish',
        `update report_export set state = $2, file_name = $3, content = $4, locked_until = null,
           progress = case $2 when 'done' then 100 else 0 end, finished_at = case $2 when 'waiting' then null else $5::timestamptz end
         where id = $1`,
        [id, state, fileName, content, tx.now],
      ),
    );
  }
}

/** @throws Refusal `validation_failed` for a grouping or figures that are of tickets */
function ofPeople({ from, to, by, hubId, metrics }: Asked): AgentReportRequest {
  const group = AGENT_GROUPS.find((one) => one === by);
  if (!group) throw Refusal.field('/by', 'unknown_value', `One of these is expected: ${AGENT_GROUPS.join(', ')}.`);
  if (metrics) throw Refusal.field('/metrics', 'unknown_value', 'All figures of people are written.');
  return { from, to, by: group, ...(hubId === undefined ? {} : { hubId }) };
}
