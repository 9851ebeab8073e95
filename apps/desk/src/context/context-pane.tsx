import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { eventsQuery, type Ticket } from '../data/queries';
import { eventText } from '../ticket/thread';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { AssociationCard } from './association-card';
import { Relations } from './relations';
import { Consultations } from './consultations';
import { OtherTickets } from './other-tickets';
import { TicketDetails } from './ticket-details';

const TABS = ['association', 'history', 'consultations', 'details'] as const;
type TabName = (typeof TABS)[number];

interface ContextPaneProps {
  ticket: Ticket;
  address: string;
  onClose: () => void;
}

/** Who asks, what was before, what the ticket says of itself. */
export function ContextPane({ ticket, address, onClose }: ContextPaneProps) {
  const [tab, setTab] = useState<TabName>('association');
  return (
    <aside className="ctx" aria-label={t('desk.context.label')}>
      <div className="tabs" role="tablist" aria-label={t('desk.context.label')}>
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`context-${one}`}
            aria-selected={one === tab}
            aria-controls="context-panel"
            className={one === tab ? 'tab on' : 'tab'}
            onClick={() => setTab(one)}
          >
            {t(`desk.context.${one}`)}
          </button>
        ))}
        <Btn look="quiet" square className="only-narrow end" aria-label={t('desk.common.close')} onClick={onClose}>
          <Icon of={IconX} />
        </Btn>
      </div>
      <div className="in" role="tabpanel" id="context-panel" aria-labelledby={`context-${tab}`} tabIndex={0}>
        {tab === 'association' && (
          <>
            <AssociationCard ticket={ticket} />
            <Relations ticket={ticket} />
            <OtherTickets ticket={ticket} />
            <Events address={address} most={4} />
          </>
        )}
        {tab === 'history' && <Events address={address} />}
        {tab === 'consultations' && <Consultations ticket={ticket} />}
        {tab === 'details' && <TicketDetails ticket={ticket} />}
      </div>
    </aside>
  );
}

/** What happened, newest first. */
function Events({ address, most }: { address: string; most?: number }) {
  const { data } = useQuery(eventsQuery(address));
  const told = (data?.items ?? []).filter((one) => !most || one.type !== 'ticket.read');
  const shown = [...told].reverse().slice(0, most);
  if (shown.length === 0) return null;
  return (
    <section className="cs">
      <h2>{t('desk.context.events')}</h2>
      <ul className="tl">
        {shown.map((event) => (
          <li key={event.id}>
            <span className="at">
              <DateTime at={event.atLocal} style={most ? 'time' : 'recent'} />
            </span>
            <span>
              {eventText(event)}
              {!most && event.actor?.name && (
                <span className="mut">
                  {' · '}
                  <UserName text={event.actor.name} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
