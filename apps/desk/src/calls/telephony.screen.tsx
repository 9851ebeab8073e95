import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useMe } from '../session/me';
import { Page } from '../ui/page';
import { AgentNumbers } from './agent-numbers';
import { Integrations } from './integrations';
import { QueueNames } from './queue-names';
import { ReceivedEvents } from './received-events';
import { telephonyQuery } from './telephony-queries';
import { TelephonySettings } from './telephony-settings';
import '../styles/forms.css';
import '../styles/calls.css';

/** How the own hub telephones: what its system can do, who may send, who has which telephone, and what a test call leaves. */
export function TelephonyScreen() {
  const { hubId } = useMe();
  const { events } = useSearch({ strict: false }) as { events?: string };
  const navigate = useNavigate();
  const { data, error } = useQuery({ ...telephonyQuery(hubId ?? ''), enabled: hubId !== null });
  const watched = data?.integrations.find((one) => one.id === events);
  const watch = (id: string | undefined) => void navigate({ to: '/admin/telephony', search: id ? { events: id } : {} });
  return (
    <Page title={t('calls.telephony.title')}>
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && (
        <div className="stacked">
          {watched && <ReceivedEvents hubId={data.hubId} integration={watched} onClose={() => watch(undefined)} />}
          <Integrations hubId={data.hubId} integrations={data.integrations} onWatch={watch} />
          <TelephonySettings key={data.settings.version} hubId={data.hubId} settings={data.settings} />
          <QueueNames hubId={data.hubId} queues={data.queues} />
          <AgentNumbers hubId={data.hubId} agents={data.agents} />
        </div>
      )}
    </Page>
  );
}
