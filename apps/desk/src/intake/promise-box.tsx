import { useQuery } from '@tanstack/react-query';
import { IconArrowForwardUp } from '@tabler/icons-react';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { promiseBody, type NewTicketDraft } from './new-ticket';

type Promised = components['schemas']['PromisedInstant'];

/** Who will answer and by when, before it is written down: so that it can be said to whoever asks. */
export function PromiseBox({ draft }: { draft: NewTicketDraft }) {
  const body = promiseBody(draft);
  const { data } = useQuery({
    queryKey: ['ticket-promise', body],
    queryFn: () => call(api.POST('/api/v1/tickets/promises', { body: body! })),
    enabled: body !== null,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  if (!body || !data) return <p className="mut sm">{t('intake.promiseLater')}</p>;
  return (
    <div className="stacked" aria-live="polite">
      <dl className="promised">
        <Line label={t('desk.metric.first_response')} promised={data.firstResponse} />
        <Line label={t('desk.metric.resolution')} promised={data.resolution} />
        <dt>{t('desk.details.hub')}</dt>
        <dd>{nameOf(data.hub)}</dd>
        <dt>{t('desk.details.queue')}</dt>
        <dd>{nameOf(data.queue)}</dd>
      </dl>
      {data.elsewhere && (
        <p className="alert warn">
          <Icon of={IconArrowForwardUp} flip />
          <span>{t('intake.elsewhere', { hub: nameOf(data.hub) })}</span>
        </p>
      )}
      <p className="mut xs">{screenLocale() === 'ar' ? data.routing.ar : data.routing.fr}</p>
    </div>
  );
}

function Line({ label, promised }: { label: string; promised: Promised | null }) {
  if (!promised) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className="b">
        <DateTime at={promised.dueLocal} style="longTime" />
      </dd>
    </>
  );
}
