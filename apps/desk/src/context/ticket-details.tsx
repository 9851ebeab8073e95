import type { components } from '@app/contract/openapi';
import { ADVICE_LEVELS, CONFIDENTIALITIES, KINDS } from '@app/domain/ticket';
import { LANGUAGES } from '@app/domain/language';
import { PRIORITIES } from '@app/domain/sla-policy';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { change, useTicketAct } from '../ticket/ticket-acts';
import { CategoryField } from '../ui/category-field';
import { ChannelIcon } from '../ui/channel-icon';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';

type Change = components['schemas']['ChangeTicketBody'];

const CHOICES = [
  { name: 'kind', values: KINDS, label: 'desk.details.kind', prefix: 'kind' },
  { name: 'adviceLevel', values: ADVICE_LEVELS, label: 'desk.details.advice', prefix: 'advice' },
  { name: 'priority', values: PRIORITIES, label: 'desk.filter.priority', prefix: 'priority' },
  { name: 'language', values: LANGUAGES, label: 'desk.filter.language', prefix: 'lang' },
  { name: 'confidentiality', values: CONFIDENTIALITIES, label: 'desk.details.access', prefix: 'confidentiality' },
] as const;

/** What the ticket says of itself; what may be corrected is corrected here, and the promise follows. */
export function TicketDetails({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  return (
    <>
      {may('tickets:change') && ticket.status !== 'closed' ? <Corrections ticket={ticket} /> : <Said ticket={ticket} />}
      <section className="cs">
        <dl className="dl">
          <dt>{t('desk.details.channel')}</dt>
          <dd className="row">
            <ChannelIcon channel={ticket.channel} /> <span aria-hidden>{t(`desk.channel.${ticket.channel}`)}</span>
          </dd>
          <dt>{t('desk.details.hub')}</dt>
          <dd>{nameOf(ticket.hub)}</dd>
          {ticket.queue && (
            <>
              <dt>{t('desk.details.queue')}</dt>
              <dd>{nameOf(ticket.queue)}</dd>
            </>
          )}
          <dt>{t('desk.details.level')}</dt>
          <dd>{t(`desk.level.${ticket.level}`)}</dd>
          <dt>{t('desk.details.opened')}</dt>
          <dd>
            <DateTime at={ticket.openedAt} style="dateTime" />
          </dd>
        </dl>
      </section>
    </>
  );
}

function Said({ ticket }: { ticket: Ticket }) {
  return (
    <section className="cs">
      <dl className="dl">
        <dt>{t('desk.details.category')}</dt>
        <dd>{nameOf(ticket.category)}</dd>
        {CHOICES.map(({ name, label, prefix }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(label)}</dt>
            <dd>{t(`desk.${prefix}.${ticket[name]}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Corrections({ ticket }: { ticket: Ticket }) {
  const back = useTicketAct(({ version, body }: { version: number; body: Change }) =>
    change({ id: ticket.id, version }, body),
  );
  const act = useTicketAct(
    (body: Change) => change(ticket, body),
    (now, body) => {
      const [[name]] = Object.entries(body);
      const before = name === 'categoryCode' ? ticket.category.code : ticket[name as 'kind'];
      const undo = { version: now.version, body: { [name]: before } };
      toast({
        key: 'details',
        text: t('desk.details.changed'),
        action: { label: t('desk.common.undo'), run: () => back.mutate(undo) },
      });
    },
  );
  return (
    <section className="cs stacked">
      <CategoryField
        label={t('desk.details.category')}
        value={ticket.category.code}
        disabled={act.isPending}
        onChange={(categoryCode) => act.mutate({ categoryCode })}
      />
      {CHOICES.map(({ name, values, label, prefix }) => (
        <Field key={name} label={t(label)}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={ticket[name]}
              disabled={act.isPending}
              onChange={(event) => act.mutate({ [name]: event.currentTarget.value })}
            >
              {values.map((value) => (
                <option key={value} value={value}>
                  {t(`desk.${prefix}.${value}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
    </section>
  );
}
