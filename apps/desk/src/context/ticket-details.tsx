import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import type { Ticket } from '../data/queries';
import { ChannelIcon } from '../ui/channel-icon';
import { nameOf } from '../ui/names';

/** What the ticket says of itself. */
export function TicketDetails({ ticket }: { ticket: Ticket }) {
  return (
    <section className="cs">
      <dl className="dl">
        <dt>{t('desk.details.category')}</dt>
        <dd>{nameOf(ticket.category)}</dd>
        <dt>{t('desk.details.kind')}</dt>
        <dd>{t(`desk.kind.${ticket.kind}`)}</dd>
        <dt>{t('desk.details.advice')}</dt>
        <dd>{t(`desk.advice.${ticket.adviceLevel}`)}</dd>
        <dt>{t('desk.filter.priority')}</dt>
        <dd>{t(`desk.priority.${ticket.priority}`)}</dd>
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
        <dt>{t('desk.details.access')}</dt>
        <dd>{t(`desk.confidentiality.${ticket.confidentiality}`)}</dd>
        <dt>{t('desk.details.opened')}</dt>
        <dd>
          <DateTime at={ticket.openedAt} style="dateTime" />
        </dd>
      </dl>
    </section>
  );
}
