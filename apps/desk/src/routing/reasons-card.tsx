import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { ReasonDialog } from './reason-dialog';
import { presenceReasonsQuery } from './routing-queries';

/** Why people of the hub may be away; a reason of its own takes the place of the programme's. */
export function ReasonsCard({ hubId }: { hubId: string }) {
  const { data } = useQuery(presenceReasonsQuery(hubId));
  const [open, setOpen] = useState<string | null>(null);
  if (!data) return null;
  return (
    <section className="stacked">
      <div className="row">
        <h2>{t('rules.reasons.title')}</h2>
        <Btn className="end" onClick={() => setOpen('new')}>
          <Icon of={IconPlus} size={15} />
          {t('rules.reasons.new')}
        </Btn>
      </div>
      <DataTable
        caption={t('rules.reasons.title')}
        rows={data}
        rowKey={(one) => one.id}
        empty={null}
        columns={[
          { key: 'name', head: t('rules.closure.name'), cell: (one) => <bdi>{nameOf(one)}</bdi> },
          {
            key: 'owner',
            head: t('rules.reasons.owner'),
            cell: (one) => t(one.hubId === null ? 'rules.policies.national' : 'rules.reasons.own'),
          },
          { key: 'works', head: t('rules.reasons.productive'), cell: (one) => t(`rules.flag.${one.productive}`) },
          {
            key: 'active',
            head: t('rules.closure.state'),
            cell: (one) => t(one.active ? 'rules.reasons.inUse' : 'rules.policies.out'),
          },
          {
            key: 'change',
            head: t('rules.queues.acts'),
            numeric: true,
            cell: (one) => (
              <Btn small aria-label={t('rules.queues.change', { name: nameOf(one) })} onClick={() => setOpen(one.id)}>
                {t(one.hubId === null ? 'rules.reasons.replace' : 'rules.closure.change')}
              </Btn>
            ),
          },
        ]}
      />
      {open && (
        <ReasonDialog
          hubId={hubId}
          reason={data.find((one) => one.id === open) ?? null}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
