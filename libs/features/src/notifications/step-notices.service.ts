import { Inject, Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Locale } from '@app/domain/person';
import { stepKind } from '@app/domain/ladder';
import type { LadderStep, Metric } from '@app/domain/sla-policy';
import { localParts } from '@app/domain/zone';
import type { Config } from '@app/platform/config';
import { drainBatches } from '@app/platform/consume-batch';
import type { LoggedEvent } from '@app/platform/consumer';
import { CONFIG } from '@app/platform/database.module';
import { ReferenceData } from '../directory/reference-data';
import { longDate } from '@app/domain/long-date';
import { addMails, addNotices, type MailRow } from './notification-rows';
import type { Person } from './recipients';
import { METRIC_NAMES } from './template-texts';
import { renderMail } from './templates';

const BATCH = 500;

interface Subject {
  clockId: string;
  metric: Metric;
  dueAt: Date | null;
  policyVersionId: string;
  ticketId: string;
  reference: string;
  hubId: string;
  associationId: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  restricted: boolean;
}

interface Colleague extends Person {
  hubId: string;
  role: 'agent' | 'expert' | 'supervisor';
  cleared: boolean;
}

const SUBJECTS = `
  select c.id as "clockId", c.metric, c.due_at as "dueAt", c.policy_version_id as "policyVersionId", t.id as "ticketId", t.reference, t.hub_id as "hubId",
    t.association_id as "associationId", t.assignee_id as "assigneeId", t.assignee_name as "assigneeName", t.restricted
  from sla_clock c join ticket t on t.id = c.ticket_id where c.id = any ($1::uuid[])`;

const COLLEAGUES = `
  select distinct on (a.id, m.hub_id, m.role) m.hub_id as "hubId", m.role, m.cleared, a.id, a.email, a.name, a.locale
  from membership m join account a on a.id = m.account_id and a.status = 'active'
  where m.hub_id = any ($1::uuid[]) and m.kind = 'hub' and m.role in ('agent', 'expert', 'supervisor') and m.valid @> $2::date
  order by a.id, m.hub_id, m.role, m.cleared desc`;

/** Tells people that a step of the ladder fell due, by the means that the step names: many steps at once. */
@Injectable()
export class StepNotices {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Tells of all steps that wait; returns how many. */
  tellAll(): Promise<number> {
    return drainBatches(this.db, 'notice', BATCH, (tx, events) => this.tell(tx, events));
  }

  async tell(tx: TenantTx, events: readonly LoggedEvent[]): Promise<readonly LoggedEvent[]> {
    const clockIds = events.map((event) => event.data.clockId);
    const subjects = await tx.query<Subject>('notice-subjects', SUBJECTS, [clockIds]);
    const byClock = new Map(subjects.map((subject) => [subject.clockId, subject]));
    const hubs = new Set([...subjects.map((subject) => subject.hubId), this.reference.current.nationalHubId]);
    const day = localParts(tx.now).date;
    const people = await tx.query<Colleague>('notice-colleagues', COLLEAGUES, [[...hubs], day]);
    const told = events.flatMap((event) => {
      const subject = byClock.get(String(event.data.clockId));
      const step = subject && this.stepOf(subject, event);
      if (!step) return [];
      return recipients(step, subject, people, this.reference.current.nationalHubId).map((person) => ({
        event,
        subject,
        step,
        person,
      }));
    });
    await addNotices(tx, told.filter(({ step }) => inApplication(step)).map(noticeOf));
    await addMails(
      tx,
      told.filter(({ step }) => step.means.includes('email')).map((one) => this.mailOf(one)),
    );
    return events;
  }

  /** As the policy of the clock has it today; a step that it no longer has tells nobody. */
  private stepOf({ policyVersionId }: Subject, { data }: LoggedEvent): LadderStep | undefined {
    const kind = stepKind(data as unknown as LadderStep);
    return this.reference.current.policyVersions
      .get(policyVersionId)
      ?.ladder?.find((step) => step.metric === data.metric && stepKind(step) === kind);
  }

  private mailOf({ event, subject, step, person }: Told): MailRow {
    const language: Locale = person.locale;
    const hub = this.reference.hub(subject.hubId);
    const values = {
      reference: subject.reference,
      name: person.name,
      step: step[language],
      metric: METRIC_NAMES[subject.metric][language],
      due: subject.dueAt && longDate(subject.dueAt, language),
      assignee: subject.assigneeName,
      hub: language === 'ar' ? hub.nameAr : hub.nameFr,
      link: `${this.config.publicUrl}/desk/t/${subject.reference}`,
    };
    const { ticketId, hubId, associationId } = subject;
    const rendered = renderMail('ladder', language, values);
    const about = { eventId: event.id, ticketId, hubId, associationId };
    return { ...about, template: 'ladder', language, to: person.email, ...rendered };
  }
}

interface Told {
  event: LoggedEvent;
  subject: Subject;
  step: LadderStep;
  person: Person;
}

/** A new owner and the next level hear of it by the assignment and the escalation themselves. */
function inApplication({ action, means }: LadderStep): boolean {
  return means.includes('in_app') && (action === 'notify' || action === 'raise_priority');
}

function noticeOf({ event, subject, step, person }: Told) {
  const { ticketId, hubId, associationId, reference } = subject;
  const data = { ...event.data, reference, textFr: step.fr, textAr: step.ar };
  return { eventId: event.id, accountId: person.id, kind: 'ladder' as const, ticketId, hubId, associationId, data };
}

/** Whoever the step names; in place of an assignee that there is none, the supervisors. Restricted tickets are for the cleared. */
function recipients(
  { to, action }: LadderStep,
  subject: Subject,
  people: readonly Colleague[],
  nationalHubId: string,
): Colleague[] {
  const supervisors = (hubId: string) => people.filter((one) => one.hubId === hubId && one.role === 'supervisor');
  const ofHub = people.filter((one) => one.hubId === subject.hubId);
  const may = (one: Colleague) => !subject.restricted || one.cleared || one.role === 'supervisor';
  switch (to) {
    case 'supervisor':
      return supervisors(subject.hubId);
    case 'national':
      return supervisors(nationalHubId);
    case 'queue':
      return action === 'reassign' ? [] : ofHub.filter((one) => one.role === 'agent' && may(one));
    default: {
      const assignee = ofHub.find((one) => one.id === subject.assigneeId);
      return assignee ? [assignee] : supervisors(subject.hubId);
    }
  }
}
