import { Link } from '@tanstack/react-router';
import { IconCircleCheck } from '@tabler/icons-react';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Reference } from '../ui/reference';
import type { Created } from './new-ticket';

/** What is told to whoever asked: reference, code, and by when. The code is shown here and nowhere else. */
export function CreatedCard({ ticket, onAgain }: { ticket: Created; onAgain: () => void }) {
  const { hubId } = useMe();
  const isHere = ticket.hub.id === hubId;
  const due = ticket.promise.firstResponse?.dueLocal;
  return (
    <section className="card part made" role="status">
      <h2 className="row">
        <Icon of={IconCircleCheck} size={22} />
        {t('intake.madeLead')}
      </h2>
      <dl className="promised">
        <dt>{t('intake.reference')}</dt>
        <dd>
          <Reference of={ticket.reference} className="told" />
        </dd>
        {ticket.followUpCode && (
          <>
            <dt>{t('intake.code')}</dt>
            <dd>
              <Bidi className="told">{ticket.followUpCode}</Bidi>
              <span className="mut xs block">{t('intake.codeHint')}</span>
            </dd>
          </>
        )}
        {due && (
          <>
            <dt>{t('desk.metric.first_response')}</dt>
            <dd>
              <DateTime at={due} style="longTime" />
            </dd>
          </>
        )}
      </dl>
      <p className="mut sm">{screenLocale() === 'ar' ? ticket.routing.ar : ticket.routing.fr}</p>
      <div className="row wrap">
        {isHere && (
          <Link to="/t/$ticket" params={{ ticket: ticket.reference }} className="btn p">
            {t('intake.open')}
          </Link>
        )}
        <Btn onClick={onAgain}>{t('intake.again')}</Btn>
      </div>
    </section>
  );
}
