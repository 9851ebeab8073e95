import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
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
import { IntegrationDialog } from './integration-dialog';
import type { Integration, Secret } from './telephony-queries';

interface IntegrationsProps {
  hubId: string;
  integrations: readonly Integration[];
  onWatch: (id: string) => void;
}

/** Telephone systems that may tell of calls. A token is shown once; a new one ends the one before. */
export function Integrations({ hubId, integrations, onWatch }: IntegrationsProps) {
  const [open, setOpen] = useState<Integration | 'new' | null>(null);
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
        <Btn className="end" onClick={() => setOpen('new')}>
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
        columns={columnsOf(busy, { onWatch, onRotate: rotate, onToggle: toggle, onChange: setOpen })}
      />
      {open && (
        <IntegrationDialog
          hubId={hubId}
          integration={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onMade={(made) => {
            setOpen(null);
            setSecret(made);
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </section>
  );
}

interface Acts {
  onWatch: (id: string) => void;
  onRotate: (id: string) => void;
  onToggle: (integration: Integration) => void;
  onChange: (integration: Integration) => void;
}

function columnsOf(busy: boolean, { onWatch, onRotate, onToggle, onChange }: Acts): Column<Integration>[] {
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
          <Btn small aria-label={t('calls.telephony.systemOf', { name: one.name })} onClick={() => onChange(one)}>
            {t('calls.telephony.change')}
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
