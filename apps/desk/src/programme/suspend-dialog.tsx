import { useState } from 'react';
import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useBase, useWrite } from '../forms/use-write';
import { Dialog } from '../ui/dialog';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { HubSelect } from './hub-select';
import { ImpactFacts } from './impact-facts';
import { PROGRAMME, type ManagedHub } from './programme-queries';

interface SuspendDialogProps {
  hub: ManagedHub;
  hubs: readonly ManagedHub[];
  onClose: () => void;
}

/** From today another hub answers for all its places. Who that is comes first, then what moves. */
export function SuspendDialog({ hub, hubs, onClose }: SuspendDialogProps) {
  const [interimHubId, setInterim] = useState('');
  const write = useWrite([PROGRAMME, 'hubs', 'places'], ['/interimHubId']);
  const { busy, problem, faultOf, run } = write;
  const base = useBase(write, hub.version);
  const suspend = async () => {
    const done = await run(async () => {
      await call(
        api.POST('/api/v1/programme/hubs/{id}/suspension', {
          params: { path: { id: hub.id }, header: { 'If-Match': ifMatch(base) } },
          body: { interimHubId },
        }),
      );
    });
    if (!done) return;
    toast({ text: t('programme.suspend.done', { name: nameOf(hub) }) });
    onClose();
  };
  return (
    <Dialog
      title={t('programme.suspend.title', { name: nameOf(hub) })}
      onClose={onClose}
      confirm={t('programme.suspend.confirm')}
      onConfirm={() => void suspend()}
      busy={busy}
      danger
      disabled={interimHubId === ''}
      problem={problem}
    >
      <p>{t('programme.suspend.lead')}</p>
      <HubSelect
        label={t('programme.suspend.interim')}
        hubs={hubs.filter((one) => one.status === 'active' && one.id !== hub.id)}
        value={interimHubId}
        error={faultOf('/interimHubId')}
        onChange={setInterim}
      />
      {interimHubId && (
        <ImpactFacts
          of={['suspension', hub.id, interimHubId]}
          hubs={hubs}
          ask={() =>
            call(
              api.POST('/api/v1/programme/hubs/{id}/suspension/impact', {
                params: { path: { id: hub.id } },
                body: { interimHubId },
              }),
            )
          }
        />
      )}
    </Dialog>
  );
}
