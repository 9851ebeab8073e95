import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { PROVIDERS, type Provider } from '@app/domain/calls/canonical-event';
import { api, call as ask, ifMatch } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { formatNumber } from '@app/ui/numbers';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import type { Integration, Secret } from './telephony-queries';

interface IntegrationsProps {
  hubId: string;
  integrations: readonly Integration[];
  onWatch: (id: string) => void;
}

/** Telephone systems that may tell of calls. A token is shown once; a new one ends the one before. */
export function Integrations({ hubId, integrations, onWatch }: IntegrationsProps) {
  const [adds, setAdds] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const { busy, problem, run } = useWrite(['telephony']);
  const rotate = (integrationId: string) =>
    void run(async () => {
      const params = { path: { id: hubId, integrationId } };
      setSecret(await ask(api.POST('/api/v1/hubs/{id}/telephony/integrations/{integrationId}/token', { params })));
    });
  const toggle = ({ id: integrationId, active, version }: Integration) =>
    void run(async () => {
      await ask(
        api.PATCH('/api/v1/hubs/{id}/telephony/integrations/{integrationId}', {
          params: { path: { id: hubId, integrationId }, header: { 'If-Match': ifMatch(version) } },
          body: { active: !active },
        }),
      );
    });
  return (
    <section className="stacked">
      <div className="row">
        <h2>{t('calls.telephony.systems')}</h2>
        <Btn className="end" onClick={() => setAdds(true)}>
          <Icon of={IconPlus} size={15} />
          {t('calls.telephony.add')}
        </Btn>
      </div>
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      <DataTable
        caption={t('calls.telephony.systems')}
        rows={integrations}
        rowKey={(one) => one.id}
        empty={<p className="mut">{t('calls.telephony.noSystem')}</p>}
        columns={columnsOf(busy, onWatch, rotate, toggle)}
      />
      {adds && (
        <AddDialog
          hubId={hubId}
          onClose={() => setAdds(false)}
          onMade={(made) => {
            setAdds(false);
            setSecret(made);
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </section>
  );
}

function columnsOf(
  busy: boolean,
  onWatch: (id: string) => void,
  onRotate: (id: string) => void,
  onToggle: (integration: Integration) => void,
): Column<Integration>[] {
  return [
    {
      key: 'name',
      head: t('calls.callbacks.name'),
      cell: (one) => (
        <>
          <UserLine text={one.name} className="b" />
          <span className="mut xs u">
            <Bidi>{one.provider}</Bidi>
          </span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('calls.callbacks.state'),
      cell: (one) => t(one.active ? 'calls.telephony.on' : 'calls.telephony.off'),
    },
    {
      key: 'last',
      head: t('calls.telephony.last'),
      cell: (one) =>
        one.lastEventAt ? (
          <DateTime at={one.lastEventAt} style="dateTime" />
        ) : (
          <span className="mut">{t('calls.telephony.never')}</span>
        ),
    },
    { key: 'refused', head: t('calls.telephony.refused'), numeric: true, cell: (one) => formatNumber(one.refused) },
    {
      key: 'acts',
      head: t('calls.telephony.acts'),
      cell: (one) => (
        <div className="row wrap">
          <Btn small onClick={() => onWatch(one.id)}>
            {t('calls.telephony.test')}
          </Btn>
          <Btn small busy={busy} onClick={() => onRotate(one.id)}>
            {t('calls.telephony.rotate')}
          </Btn>
          <Btn small busy={busy} onClick={() => onToggle(one)}>
            {t(one.active ? 'calls.telephony.stop' : 'calls.telephony.start')}
          </Btn>
        </div>
      ),
    },
  ];
}

interface AddDialogProps {
  hubId: string;
  onClose: () => void;
  onMade: (secret: Secret) => void;
}

function AddDialog({ hubId, onClose, onMade }: AddDialogProps) {
  const [form, setForm] = useState<{ name: string; provider: Provider; secret: string }>({
    name: '',
    provider: 'zammad',
    secret: '',
  });
  const { busy, problem, faultOf, run } = useWrite(['telephony'], ['/name', '/secret']);
  const save = () =>
    run(async () => {
      const { name, provider, secret } = form;
      const body = { name: name.trim(), provider, ...(secret ? { secret } : {}) };
      onMade(
        await ask(api.POST('/api/v1/hubs/{id}/telephony/integrations', { params: { path: { id: hubId } }, body })),
      );
    });
  return (
    <Dialog
      title={t('calls.telephony.add')}
      onClose={onClose}
      confirm={t('calls.telephony.addIt')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!form.name.trim()}
      problem={problem}
    >
      <Field label={t('calls.callbacks.name')} error={faultOf('/name')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={80}
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('calls.telephony.provider')}>
        {(control) => (
          <select
            {...control}
            className="inp"
            dir="ltr"
            value={form.provider}
            onChange={(event) =>
              setForm({ ...form, provider: PROVIDERS.find((one) => one === event.target.value) ?? form.provider })
            }
          >
            {PROVIDERS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('calls.telephony.secret')} hint={t('calls.telephony.secretHint')} error={faultOf('/secret')}>
        {(control) => (
          <textarea
            {...control}
            className="inp"
            dir="ltr"
            maxLength={4_000}
            value={form.secret}
            onChange={(event) => setForm({ ...form, secret: event.target.value })}
          />
        )}
      </Field>
    </Dialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  return (
    <Dialog title={t('calls.telephony.secretTitle')} onClose={onClose} wide>
      <p className="alert warn">{t('calls.telephony.once')}</p>
      {(['address', 'token'] as const).map((key) => (
        <Field key={key} label={t(`calls.telephony.${key}`)}>
          {(control) => (
            <input
              {...control}
              className="inp"
              dir="ltr"
              readOnly
              value={secret[key]}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
      ))}
    </Dialog>
  );
}
