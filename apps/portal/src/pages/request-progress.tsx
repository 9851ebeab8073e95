import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Rich } from '@app/ui/rich';
import type { Ticket } from '../following';
import { Icon } from '../icon';
import { STAGES, stageOf } from '../stages';

/** What the association has to do, before everything else. */
export function Expected({ ticket }: { ticket: Ticket }) {
  if (ticket.status !== 'pending') return null;
  return (
    <div className="box turn">
      <Icon name="hand" size={24} />
      <div className="grow">
        <p className="b">{t('portal.expected.title')}</p>
        <p>{t('portal.expected.text')}</p>
        <a className="big p" href="#reply">
          {t('portal.expected.answer')}
        </a>
      </div>
    </div>
  );
}

/** By when, and what would move it; an honest word when it is late. */
export function PromiseLine({ ticket }: { ticket: Ticket }) {
  const { status } = ticket;
  const due = dueOf(ticket);
  const waits = status === 'pending' || status === 'on_hold';
  if (stageOf(status) > 1 || (due === null && !waits)) return null;
  return (
    <div className="prom">
      <Icon name="clock" size={24} />
      <div>
        {due !== null && <Due due={due} />}
        {waits && <span className="mut sm block">{t(waitText(status, due !== null))}</span>}
      </div>
    </div>
  );
}

function waitText(status: string, dated: boolean): string {
  if (status !== 'pending') return 'portal.promise.third';
  return dated ? 'portal.promise.moves' : 'portal.promise.paused';
}

function Due({ due }: { due: string }) {
  const late = Date.parse(due) <= Date.now();
  return (
    <>
      {late && <p>{t('portal.promise.late')}</p>}
      <span className="mut">{t(late ? 'portal.promise.wasBefore' : 'portal.promise.expected')}</span>
      <DateTime at={due} style="longTime" className="b due-date" />
    </>
  );
}

/** The first answer while it is owed, then the next promise that runs. */
function dueOf({ promise, nextDueLocal }: Ticket): string | null {
  const first = promise.firstResponse;
  return (first?.state === 'running' ? first.dueLocal : null) ?? nextDueLocal;
}

/** Four plain steps; no internal status, no percentage. */
export function Progress({ ticket }: { ticket: Ticket }) {
  const stage = stageOf(ticket.status);
  return (
    <ol className="card vt">
      {STAGES.map((name, at) => (
        <li
          key={name}
          className={at < stage ? 'done' : at === stage ? 'now' : 'later'}
          aria-current={at === stage ? 'step' : undefined}
        >
          <span className="pt" aria-hidden="true">
            {at < stage && <Icon name="check" size={14} />}
          </span>
          <span>
            <span className={at <= stage ? 'b' : 'mut'}>{t(`portal.stage.${name}`)}</span>{' '}
            {at <= stage && <Detail name={name} ticket={ticket} />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Detail({ name, ticket }: { name: (typeof STAGES)[number]; ticket: Ticket }) {
  const at = { received: ticket.openedAt, taken: null, answered: ticket.answeredAt, closed: ticket.resolvedAt }[name];
  if (at) {
    return (
      <span className="mut sm">
        <DateTime at={at} style="longTime" />
      </span>
    );
  }
  if (name !== 'taken' || !ticket.assignee) return null;
  return (
    <span className="mut sm">
      <Rich id="portal.stage.by" parts={{ name: <UserName text={ticket.assignee.name} /> }} />
    </span>
  );
}
