import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { AGREEMENT_SCOPES, type AgreementScope } from '@app/domain/hub';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { CheckField } from '../forms/check-field';
import { DateField } from '../forms/date-field';
import { useWrite } from '../forms/use-write';
import { dayBefore } from '../supervise/report-search';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { Day } from './day';
import { HubSelect } from './hub-select';
import { PROGRAMME, queuesQuery, type Agreement, type ManagedHub } from './programme-queries';

interface AgreementsProps {
  agreements: readonly Agreement[];
  hubs: readonly ManagedHub[];
}

/** What hubs do for each other, and until when. */
export function Agreements({ agreements, hubs }: AgreementsProps) {
  const [act, setAct] = useState<Agreement | 'new' | null>(null);
  const today = dayBefore(0);
  const name = (id: string) => nameOf(hubs.find((hub) => hub.id === id)!);
  return (
    <section className="stacked wide-part">
      <h2 className="row">
        {t('programme.agreements.title')}
        <Btn small className="end" onClick={() => setAct('new')}>
          <Icon of={IconPlus} size={15} />
          {t('programme.agreements.new')}
        </Btn>
      </h2>
      <DataTable
        caption={t('programme.agreements.title')}
        rows={agreements.filter((one) => one.to === null || one.to > today)}
        rowKey={(one) => one.id}
        empty={<p className="mut">{t('programme.agreements.none')}</p>}
        columns={[
          { key: 'from', head: t('programme.agreements.asks'), cell: (one) => name(one.fromHubId) },
          { key: 'to', head: t('programme.agreements.helps'), cell: (one) => name(one.toHubId) },
          {
            key: 'what',
            head: t('programme.agreements.what'),
            cell: (one) => one.what.map((scope) => t(`programme.scope.${scope}`)).join(t('ui.date.comma')),
          },
          {
            key: 'queues',
            head: t('programme.agreements.queues'),
            cell: (one) => (
              <span className="row wrap">
                {one.queueCodes.map((code) => (
                  <bdi key={code} className="tagl">
                    {code}
                  </bdi>
                ))}
              </span>
            ),
          },
          { key: 'since', head: t('programme.from'), cell: (one) => <Day of={one.from} /> },
          { key: 'until', head: t('programme.until'), cell: (one) => <Day of={one.to} last /> },
          {
            key: 'end',
            head: '',
            numeric: true,
            cell: (one) => (
              <Btn small onClick={() => setAct(one)}>
                {t('programme.agreements.end')}
              </Btn>
            ),
          },
        ]}
      />
      {act === 'new' && <AgreementDialog hubs={hubs} onClose={() => setAct(null)} />}
      {act && act !== 'new' && <EndDialog agreement={act} onClose={() => setAct(null)} />}
    </section>
  );
}

function EndDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const [on, setOn] = useState(dayBefore(0));
  const { busy, problem, faultOf, run } = useWrite([PROGRAMME], ['/on']);
  const end = async () => {
    const done = await run(async () => {
      await call(
        api.POST('/api/v1/programme/agreements/{id}/end', { params: { path: { id: agreement.id } }, body: { on } }),
      );
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={t('programme.agreements.endTitle')}
      onClose={onClose}
      confirm={t('programme.agreements.end')}
      onConfirm={() => void end()}
      busy={busy}
      disabled={!on}
      danger
      problem={problem}
    >
      <p>{t('programme.agreements.endLead')}</p>
      <DateField
        label={t('programme.agreements.endDay')}
        value={on}
        onChange={setOn}
        min={dayBefore(0)}
        error={faultOf('/on')}
      />
    </Dialog>
  );
}

function AgreementDialog({ hubs, onClose }: { hubs: readonly ManagedHub[]; onClose: () => void }) {
  const [fromHubId, setFromHub] = useState('');
  const [toHubId, setToHub] = useState('');
  const [what, setWhat] = useState<readonly AgreementScope[]>(['overflow']);
  const [queueCodes, setQueues] = useState<readonly string[]>([]);
  const [from, setFrom] = useState(dayBefore(0));
  const [to, setTo] = useState('');
  const { busy, problem, faultOf, run } = useWrite([PROGRAMME], ['/fromHubId', '/toHubId', '/queueCodes', '/to']);
  const { data: queues } = useQuery({ ...queuesQuery(fromHubId), enabled: fromHubId !== '' });
  const save = async () => {
    const body = {
      fromHubId,
      toHubId,
      what: [...what],
      queueCodes: [...queueCodes],
      from: from || null,
      to: to || null,
    };
    const done = await run(async () => {
      await call(api.POST('/api/v1/programme/agreements', { body }));
    });
    if (!done) return;
    toast({ text: t('programme.saved') });
    onClose();
  };
  return (
    <Dialog
      title={t('programme.agreements.new')}
      onClose={onClose}
      confirm={t('programme.save')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!fromHubId || !toHubId || what.length === 0 || queueCodes.length === 0}
      problem={problem}
      wide
    >
      <div className="two">
        <HubSelect
          label={t('programme.agreements.asks')}
          hubs={hubs}
          value={fromHubId}
          error={faultOf('/fromHubId')}
          onChange={(id) => {
            setFromHub(id);
            setQueues([]);
          }}
        />
        <HubSelect
          label={t('programme.agreements.helps')}
          hubs={hubs.filter((hub) => hub.id !== fromHubId)}
          value={toHubId}
          error={faultOf('/toHubId')}
          onChange={setToHub}
        />
        <DateField label={t('programme.from')} value={from} onChange={setFrom} />
        <DateField label={t('programme.agreements.endDay')} value={to} onChange={setTo} error={faultOf('/to')} />
      </div>
      <Checks
        legend={t('programme.agreements.what')}
        options={AGREEMENT_SCOPES.map((value) => ({ value, label: t(`programme.scope.${value}`) }))}
        chosen={what}
        onChange={setWhat}
      />
      {queues && (
        <Checks
          legend={t('programme.agreements.queues')}
          options={queues.map((one) => ({ value: one.code, label: nameOf(one) }))}
          chosen={queueCodes}
          onChange={setQueues}
        />
      )}
    </Dialog>
  );
}

interface ChecksProps<T extends string> {
  legend: string;
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: readonly T[]) => void;
}

/** Several of a few. */
function Checks<T extends string>({ legend, options, chosen, onChange }: ChecksProps<T>) {
  return (
    <fieldset className="field plain">
      <legend className="lab">{legend}</legend>
      <div className="two">
        {options.map(({ value, label }) => (
          <CheckField
            key={value}
            label={label}
            checked={chosen.includes(value)}
            onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
        ))}
      </div>
    </fieldset>
  );
}
