import { useQuery } from '@tanstack/react-query';
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { Phone } from '@app/ui/phone';
import { t } from '@app/ui/i18n';
import { DateField } from '../forms/date-field';
import { dayBefore } from '../supervise/report-search';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { Agreements } from './agreements';
import { HubDialog } from './hub-dialog';
import {
  agreementsQuery,
  managedHubsQuery,
  territoriesQuery,
  type ManagedHub,
  type Territory,
} from './programme-queries';
import { RegionMap } from './region-map';
import { SuspendDialog } from './suspend-dialog';
import { TerritoryDialog } from './territory-dialog';
import '../styles/programme.css';

/** Who answers where on a day, the hubs themselves, and what they do for each other. */
export function HubsScreen() {
  const hubs = useQuery(managedHubsQuery);
  const rows = useQuery(territoriesQuery);
  const agreements = useQuery(agreementsQuery);
  const [isAdding, setAdding] = useState(false);
  const problem = hubs.error ?? rows.error ?? agreements.error;
  return (
    <Page
      title={t('programme.hubs.title')}
      tools={
        <Btn look="primary" onClick={() => setAdding(true)}>
          <Icon of={IconPlus} />
          {t('programme.hubs.new')}
        </Btn>
      }
    >
      {problem && (
        <p className="alert warn" role="alert">
          {problemText(problem)}
        </p>
      )}
      {hubs.data && rows.data && agreements.data && (
        <div className="programme">
          <WhoAnswers hubs={hubs.data} rows={rows.data} />
          <Hubs hubs={hubs.data} />
          <Agreements agreements={agreements.data} hubs={hubs.data} />
        </div>
      )}
      {isAdding && <HubDialog hub={null} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function WhoAnswers({ hubs, rows }: { hubs: readonly ManagedHub[]; rows: readonly Territory[] }) {
  const [day, setDay] = useState(dayBefore(0));
  const [place, setPlace] = useState<string | null>(null);
  return (
    <section className="card part">
      <div className="row wrap part-head">
        <h2>{t('programme.map.title')}</h2>
        <div className="end">
          <DateField label={t('programme.map.day')} value={day} onChange={(next) => next && setDay(next)} />
        </div>
      </div>
      <RegionMap hubs={hubs} rows={rows} day={day} onPlace={setPlace} />
      {place && <TerritoryDialog placeCode={place} rows={rows} hubs={hubs} onClose={() => setPlace(null)} />}
    </section>
  );
}

/** One dialog at a time; it follows the hub's newest version. */
function Hubs({ hubs }: { hubs: readonly ManagedHub[] }) {
  const [act, setAct] = useState<{ name: 'edit' | 'suspend'; id: string } | null>(null);
  const hub = hubs.find((one) => one.id === act?.id);
  const close = () => setAct(null);
  return (
    <section>
      <HubTable
        hubs={hubs}
        onEdit={({ id }) => setAct({ name: 'edit', id })}
        onSuspend={({ id }) => setAct({ name: 'suspend', id })}
      />
      {hub && act?.name === 'edit' && <HubDialog hub={hub} onClose={close} />}
      {hub && act?.name === 'suspend' && <SuspendDialog hub={hub} hubs={hubs} onClose={close} />}
    </section>
  );
}

interface HubTableProps {
  hubs: readonly ManagedHub[];
  onEdit: (hub: ManagedHub) => void;
  onSuspend: (hub: ManagedHub) => void;
}

function HubTable({ hubs, onEdit, onSuspend }: HubTableProps) {
  return (
    <DataTable
      caption={t('programme.hubs.list')}
      rows={hubs}
      rowKey={(hub) => hub.id}
      empty={<Empty icon={IconBuildingCommunity} title={t('programme.hubs.none')} />}
      columns={[
        {
          key: 'name',
          head: t('programme.hubs.name'),
          cell: (hub) => (
            <>
              <span className="row hub-name">
                <span className="b">{nameOf(hub)}</span> <bdi className="tagl">{hub.code}</bdi>
              </span>
              <span className="mut xs block">{managingOf(hub)}</span>
            </>
          ),
        },
        {
          key: 'status',
          head: t('programme.hubs.status'),
          cell: (hub) => <span className={`hub-status ${hub.status}`}>{t(`programme.status.${hub.status}`)}</span>,
        },
        {
          key: 'phone',
          head: t('programme.hubs.phone'),
          cell: (hub) =>
            hub.phone ? <Phone number={hub.phone} /> : <span className="mut">{t('programme.none')}</span>,
        },
        { key: 'people', head: t('programme.hubs.agents'), numeric: true, cell: (hub) => hub.agents },
        { key: 'open', head: t('programme.hubs.open'), numeric: true, cell: (hub) => hub.openTickets },
        {
          key: 'acts',
          head: '',
          numeric: true,
          cell: (hub) => (
            <span className="row acts">
              {hub.status === 'active' && !hub.isNational && (
                <Btn small onClick={() => onSuspend(hub)}>
                  {t('programme.hubs.suspend')}
                </Btn>
              )}
              <Btn small aria-label={t('programme.hubs.editNamed', { name: nameOf(hub) })} onClick={() => onEdit(hub)}>
                {t('programme.edit')}
              </Btn>
            </span>
          ),
        },
      ]}
    />
  );
}

function managingOf({ managingNameFr, managingNameAr, isNational }: ManagedHub): string {
  if (isNational) return t('programme.hubs.national');
  return nameOf({ nameFr: managingNameFr ?? '', nameAr: managingNameAr ?? '' }) || t('programme.hubs.noManaging');
}
