import { useState } from 'react';
import { api, call as ask, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Dialog } from '../ui/dialog';
import { IntegrationFields } from './integration-fields';
import { bodyOf, formOf, type Form } from './integration-form';
import type { Integration, Secret } from './telephony-queries';

const SHOWN = ['/name', '/secret', '/host', '/port', '/username'];

interface IntegrationDialogProps {
  hubId: string;
  /** Null for a new one. */
  integration: Integration | null;
  onClose: () => void;
  onMade: (secret: Secret) => void;
}

/** A telephone system: how it is reached or may reach us, and whom it turns away. Secrets are written and never read back. */
export function IntegrationDialog({ hubId, integration, onClose, onMade }: IntegrationDialogProps) {
  const [form, setForm] = useState(formOf(integration));
  const { busy, problem, faultOf, run } = useWrite(['telephony'], SHOWN);
  const set = (part: Partial<Form>) => setForm({ ...form, ...part });
  const save = async () => {
    const body = bodyOf(form);
    const done = await run(async () => {
      if (!integration) {
        const params = { path: { id: hubId } };
        onMade(
          await ask(
            api.POST('/api/v1/hubs/{id}/telephony/integrations', {
              params,
              body: { ...body, provider: form.provider },
            }),
          ),
        );
        return;
      }
      const { id: integrationId, version } = integration;
      const params = { path: { id: hubId, integrationId }, header: { 'If-Match': ifMatch(version) } };
      await ask(api.PATCH('/api/v1/hubs/{id}/telephony/integrations/{integrationId}', { params, body }));
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={integration ? t('calls.telephony.systemOf', { name: integration.name }) : t('calls.telephony.add')}
      onClose={onClose}
      confirm={t(integration ? 'calls.saveNote' : 'calls.telephony.addIt')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!form.name.trim()}
      problem={problem}
    >
      <IntegrationFields form={form} integration={integration} faultOf={faultOf} set={set} />
    </Dialog>
  );
}
