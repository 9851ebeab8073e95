import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TERRITORY_ROLES, type TerritoryRole } from '@app/domain/hub';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { placesQuery, usePlaceName } from '../context/use-place-name';
import { DateField } from '../forms/date-field';
import { useWrite } from '../forms/use-write';
import { dayBefore } from '../supervise/report-search';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { Day } from './day';
import { HubSelect } from './hub-select';
import { ImpactFacts } from './impact-facts';
import { PROGRAMME, type ManagedHub, type Territory } from './programme-queries';

const POINTERS = ['/placeCode', '/hubId', '/role', '/from'];

interface TerritoryDialogProps {
  placeCode: string;
  rows: readonly Territory[];
  hubs: readonly ManagedHub[];
  onClose: () => void;
}

/** Who answered for a region and its provinces, who will, and a change from a day on: what it moves is said first. */
export function TerritoryDialog({ placeCode: region, rows, hubs, onClose }: TerritoryDialogProps) {
  const name = usePlaceName(region) ?? region;
  const [placeCode, setPlace] = useState(region);
  const [hubId, setHub] = useState('');
  const [role, setRole] = useState<TerritoryRole>('managing');
  const [from, setFrom] = useState(dayBefore(0));
  const { busy, problem, faultOf, run } = useWrite([PROGRAMME, 'hubs', 'places'], POINTERS);
  const body = { placeCode, hubId, role, from };
  const isWhole = hubId !== '' && from !== '';
  const save = async () => {
    const done = await run(async () => {
      await call(api.POST('/api/v1/programme/territories', { body }));
    });
    if (!done) return;
    toast({ text: t('programme.territory.done') });
    onClose();
  };
  return (
    <Dialog
      title={name}
      onClose={onClose}
      confirm={t('programme.territory.confirm')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!isWhole}
      problem={problem}
      wide
    >
      <History region={region} rows={rows} hubs={hubs} />
      <h3>{t('programme.territory.change')}</h3>
      <div className="two">
        <ProvinceSelect region={region} value={placeCode} onChange={setPlace} />
        <HubSelect
          label={t('programme.territory.hub')}
          hubs={hubs.filter((hub) => hub.status === 'active')}
          value={hubId}
          error={faultOf('/hubId')}
          onChange={setHub}
        />
        <DateField
          label={t('programme.territory.from')}
          value={from}
          onChange={setFrom}
          min={dayBefore(0)}
          error={faultOf('/from')}
        />
      </div>
      <Choices
        label={t('programme.territory.role')}
        value={role}
        onChange={setRole}
        options={TERRITORY_ROLES.map((value) => ({ value, label: t(`programme.map.${value}`) }))}
      />
      {isWhole && (
        <ImpactFacts
          of={['territory', placeCode, hubId, role, from]}
          hubs={hubs}
          ask={() => call(api.POST('/api/v1/programme/territories/impact', { body }))}
        />
      )}
    </Dialog>
  );
}

function ProvinceSelect({
  region,
  value,
  onChange,
}: {
  region: string;
  value: string;
  onChange: (code: string) => void;
}) {
  const { data } = useQuery(placesQuery);
  const found = data?.regions.find((one) => one.code === region);
  return (
    <Field label={t('programme.territory.place')}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value={region}>{t('programme.territory.wholeRegion')}</option>
          {found?.provinces.map((one) => (
            <option key={one.code} value={one.code}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function History({ region, rows, hubs }: Omit<TerritoryDialogProps, 'placeCode' | 'onClose'> & { region: string }) {
  const { data } = useQuery(placesQuery);
  const found = data?.regions.find((one) => one.code === region);
  const names = new Map((found ? [found, ...found.provinces] : []).map((one) => [one.code, nameOf(one)]));
  const own = rows
    .filter((row) => names.has(row.placeCode))
    .sort(
      (a, b) =>
        Number(b.placeCode === region) - Number(a.placeCode === region) || ((a.from ?? '') < (b.from ?? '') ? -1 : 1),
    );
  return (
    <DataTable
      caption={t('programme.territory.history')}
      rows={own}
      rowKey={(row) => `${row.placeCode}${row.from ?? ''}`}
      empty={<p className="mut">{t('programme.territory.nobody')}</p>}
      columns={[
        { key: 'place', head: t('programme.territory.place'), cell: (row) => names.get(row.placeCode) },
        {
          key: 'hub',
          head: t('programme.territory.hub'),
          cell: (row) => nameOf(hubs.find((hub) => hub.id === row.hubId)!),
        },
        { key: 'role', head: t('programme.territory.role'), cell: (row) => t(`programme.map.${row.role}`) },
        { key: 'from', head: t('programme.from'), cell: (row) => <Day of={row.from} /> },
        { key: 'to', head: t('programme.until'), cell: (row) => <Day of={row.to} last /> },
      ]}
    />
  );
}
