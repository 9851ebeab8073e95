import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconUserPlus, IconUserSearch } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { InvitationList } from './invitation-list';
import { InviteDialog } from './invite-dialog';
import { PersonDialogs, type PersonAct } from './person-dialogs';
import { peopleQuery, type PeopleFilter } from './people-queries';
import { PeopleTable } from './people-table';
import '../styles/people.css';

/** Who works here, and who is asked to. */
export function PeopleScreen() {
  const [filter, setFilter] = useState<PeopleFilter>({ status: 'active' });
  const asked = useDeferredValue(filter);
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title={t('people.title')}
      tools={
        <Btn look="primary" onClick={() => setInviting(true)}>
          <Icon of={IconUserPlus} />
          {t('people.invite.open')}
        </Btn>
      }
    >
      <div className="stacked people">
        <Filters filter={filter} onChange={setFilter} />
        <Found filter={asked} />
        <InvitationList />
      </div>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

/** The people found, with one dialog at a time: it follows the person's newest version. */
function Found({ filter }: { filter: PeopleFilter }) {
  const found = useInfiniteQuery(peopleQuery({ ...filter, q: filter.q?.trim() || undefined }));
  const [chosen, setChosen] = useState<{ act: PersonAct; membershipId: string } | null>(null);
  if (found.error && !found.data)
    return (
      <p className="alert warn" role="alert">
        {problemText(found.error)}
      </p>
    );
  if (!found.data) return null;
  const people = found.data.pages.flatMap((page) => page.items);
  const person = people.find((one) => one.membershipId === chosen?.membershipId);
  return (
    <>
      <PeopleTable
        people={people}
        onAct={(act, { membershipId }) => setChosen({ act, membershipId })}
        empty={<Empty icon={IconUserSearch} title={t('people.none')} text={t('people.noneText')} />}
      />
      {found.hasNextPage && (
        <Btn busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('people.more')}
        </Btn>
      )}
      {chosen && person && <PersonDialogs act={chosen.act} person={person} onClose={() => setChosen(null)} />}
    </>
  );
}

function Filters({ filter, onChange }: { filter: PeopleFilter; onChange: (filter: PeopleFilter) => void }) {
  const national = useMe().role === 'coordinator';
  const { data: hubs } = useQuery({ ...hubsQuery, enabled: national });
  const roles = national ? (['supervisor', 'coordinator'] as const) : (['agent', 'expert', 'supervisor'] as const);
  return (
    <div className="row wrap people-filters" role="search">
      <input
        className="inp"
        type="search"
        dir="auto"
        maxLength={200}
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        value={filter.q ?? ''}
        onChange={(event) => onChange({ ...filter, q: event.currentTarget.value })}
      />
      <select
        className="inp"
        aria-label={t('people.column.role')}
        value={filter.role ?? ''}
        onChange={(event) => onChange({ ...filter, role: roles.find((one) => one === event.target.value) })}
      >
        <option value="">{t('people.anyRole')}</option>
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(`desk.role.${role}`)}
          </option>
        ))}
      </select>
      <select
        className="inp"
        aria-label={t('people.column.status')}
        value={filter.status ?? ''}
        onChange={(event) =>
          onChange({ ...filter, status: (['active', 'inactive'] as const).find((one) => one === event.target.value) })
        }
      >
        <option value="">{t('people.anyStatus')}</option>
        <option value="active">{t('people.status.active')}</option>
        <option value="inactive">{t('people.status.inactive')}</option>
      </select>
      {national && (
        <select
          className="inp"
          aria-label={t('people.column.hub')}
          value={filter.hubId ?? ''}
          onChange={(event) => onChange({ ...filter, hubId: event.target.value || undefined })}
        >
          <option value="">{t('people.anyHub')}</option>
          {hubs?.items.map((hub) => (
            <option key={hub.id} value={hub.id}>
              {nameOf(hub)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
