import { useState } from 'react';
import { api, call as ask } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import { linesOf } from './lines';
import type { Telephony } from './telephony-queries';

type Queue = Telephony['queues'][number];
const DISTRIBUTIONS = ['pbx', 'ours'] as const satisfies readonly Queue['distribution'][];

/** Who brings calls and agents together in each queue, and how telephone systems call it. */
export function QueueNames({ hubId, queues }: { hubId: string; queues: readonly Queue[] }) {
  const [open, setOpen] = useState<Queue | null>(null);
  return (
    <section className="stacked">
      <h2>{t('calls.telephony.queues')}</h2>
      <DataTable
        caption={t('calls.telephony.queues')}
        rows={queues}
        rowKey={(one) => one.queueId}
        empty={null}
        columns={[
          {
            key: 'queue',
            head: t('calls.telephony.queue'),
            cell: (one) => <Bidi className="b">{one.queueCode}</Bidi>,
          },
          {
            key: 'distribution',
            head: t('calls.telephony.distribution'),
            cell: (one) => t(`calls.telephony.distribution.${one.distribution}`),
          },
          {
            key: 'refs',
            head: t('calls.telephony.refs'),
            cell: (one) => (
              <div className="row wrap">
                {one.refs.map((ref) => (
                  <Bidi key={ref} className="tagl">
                    {ref}
                  </Bidi>
                ))}
              </div>
            ),
          },
          {
            key: 'change',
            head: t('calls.telephony.acts'),
            numeric: true,
            cell: (one) => (
              <Btn
                small
                aria-label={t('calls.telephony.queueOf', { code: one.queueCode })}
                onClick={() => setOpen(one)}
              >
                {t('calls.telephony.change')}
              </Btn>
            ),
          },
        ]}
      />
      {open && <QueueDialog hubId={hubId} queue={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function QueueDialog({ hubId, queue, onClose }: { hubId: string; queue: Queue; onClose: () => void }) {
  const [distribution, setDistribution] = useState(queue.distribution);
  const [refs, setRefs] = useState(queue.refs.join('\n'));
  const { busy, problem, run } = useWrite(['telephony']);
  const save = async () => {
    const done = await run(async () => {
      await ask(
        api.PUT('/api/v1/hubs/{id}/telephony/queues/{queueId}', {
          params: { path: { id: hubId, queueId: queue.queueId } },
          body: { distribution, refs: linesOf(refs) },
        }),
      );
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={t('calls.telephony.queueOf', { code: queue.queueCode })}
      onClose={onClose}
      confirm={t('calls.saveNote')}
      onConfirm={() => void save()}
      busy={busy}
      problem={problem}
    >
      <Choices
        label={t('calls.telephony.distribution')}
        value={distribution}
        onChange={setDistribution}
        options={DISTRIBUTIONS.map((value) => ({
          value,
          label: t(`calls.telephony.distribution.${value}`),
          hint: t(`calls.telephony.distributionHint.${value}`),
        }))}
      />
      <Field label={t('calls.telephony.refs')} hint={t('calls.telephony.oneALine')}>
        {(control) => (
          <textarea
            {...control}
            className="inp"
            dir="ltr"
            value={refs}
            onChange={(event) => setRefs(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
