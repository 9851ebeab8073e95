import { useQuery } from '@tanstack/react-query';
import { problemText } from '@app/ui/api';
import { Bidi, UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { receivedQuery, type Integration, type Received } from './telephony-queries';

interface ReceivedEventsProps {
  hubId: string;
  integration: Integration;
  onClose: () => void;
}

/** Ring the hub and look: what came last, and what was understood of it. */
export function ReceivedEvents({ hubId, integration, onClose }: ReceivedEventsProps) {
  const { data, error } = useQuery(receivedQuery(hubId, integration.id));
  return (
    <section className="stacked">
      <div className="row">
        <h2>{t('calls.telephony.events', { name: integration.name })}</h2>
        <Btn className="end" onClick={onClose}>
          {t('desk.common.close')}
        </Btn>
      </div>
      <p className="mut sm">{t('calls.telephony.eventsHint')}</p>
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && (
        <DataTable
          caption={t('calls.telephony.test')}
          rows={data}
          rowKey={(one) => one.id}
          empty={<p className="mut">{t('calls.telephony.noEvent')}</p>}
          columns={[
            {
              key: 'at',
              head: t('calls.telephony.at'),
              cell: (one) => <DateTime at={one.receivedAt} style="dateTime" className="nw" />,
            },
            {
              key: 'state',
              head: t('calls.callbacks.state'),
              cell: (one) => (
                <>
                  {t(`calls.received.${one.state}`)}
                  {one.problem && <Bidi className="mut xs u">{one.problem}</Bidi>}
                </>
              ),
            },
            { key: 'understood', head: t('calls.telephony.understood'), cell: (one) => <Understood event={one} /> },
            {
              key: 'body',
              head: t('calls.telephony.body'),
              cell: (one) => <UserText text={one.body} className="calls-raw" />,
            },
          ]}
        />
      )}
    </section>
  );
}

function Understood({ event }: { event: Received }) {
  return (
    <ul className="plain-list">
      {event.understood.map((one, at) => (
        <li key={at}>
          <Bidi className="b sm">{one.type}</Bidi>
          <Bidi className="mut xs u">
            {[one.callId, one.fromE164 ?? one.from, one.to, one.queueRef, ...one.agents, one.cause]
              .filter(Boolean)
              .join(' · ')}
          </Bidi>
        </li>
      ))}
    </ul>
  );
}
