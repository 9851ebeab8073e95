import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDots, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { formatNumber } from '@app/ui/numbers';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { skillsQuery, type Person } from './people-queries';
import type { PersonAct } from './person-dialogs';

interface PeopleTableProps {
  people: readonly Person[];
  onAct: (act: PersonAct, person: Person) => void;
  empty: ReactNode;
}

/** What can be done with a person, here and now. */
export function actsOn({ status, role, hubId }: Person): PersonAct[] {
  if (status === 'inactive') return ['reactivate'];
  const works = hubId !== null && (role === 'agent' || role === 'supervisor');
  return works ? ['change', 'skills', 'deactivate'] : ['change', 'deactivate'];
}

export function PeopleTable({ people, onAct, empty }: PeopleTableProps) {
  const national = useMe().role === 'coordinator';
  const { data: hubs } = useQuery({ ...hubsQuery, enabled: national });
  const hubName = (id: string | null) => {
    const hub = hubs?.items.find((one) => one.id === id);
    return hub ? nameOf(hub) : t('people.programme');
  };
  const columns: Column<Person>[] = [
    { key: 'name', head: t('people.column.name'), cell: (one) => <Who person={one} /> },
    { key: 'role', head: t('people.column.role'), cell: (one) => <RoleCell person={one} /> },
    ...(national ? [{ key: 'hub', head: t('people.column.hub'), cell: (one: Person) => hubName(one.hubId) }] : []),
    { key: 'skills', head: t('people.column.skills'), cell: (one) => <Skills person={one} /> },
    {
      key: 'open',
      head: t('people.column.open'),
      numeric: true,
      cell: (one) => <Bidi>{formatNumber(one.openTickets)}</Bidi>,
    },
    {
      key: 'seen',
      head: t('people.column.lastSignIn'),
      cell: (one) =>
        one.lastSignInAt ? (
          <DateTime at={one.lastSignInAt} style="dateTime" className="nw" />
        ) : (
          <span className="mut">{t('people.neverSignedIn')}</span>
        ),
    },
    {
      key: 'acts',
      head: t('people.column.acts'),
      cell: (one) => <Acts person={one} onAct={(act) => onAct(act, one)} />,
    },
  ];
  return (
    <DataTable
      caption={t('people.title')}
      columns={columns}
      rows={people}
      rowKey={(one) => one.membershipId}
      empty={empty}
    />
  );
}

function Who({ person: { accountId, name, email, status } }: { person: Person }) {
  return (
    <div className="row">
      <Avatar id={accountId} name={name} idle={status === 'inactive'} />
      <div>
        <UserLine text={name} className="b" />
        <span className="mut xs u">
          <Bidi>{email}</Bidi>
        </span>
      </div>
    </div>
  );
}

function RoleCell({ person: { role, cleared, status } }: { person: Person }) {
  return (
    <div className="row wrap">
      <span className="nw">{t(`desk.role.${role}`)}</span>
      {cleared && (
        <span className="tagl">
          <Icon of={IconLock} size={13} />
          {t('people.cleared')}
        </span>
      )}
      {status === 'inactive' && <span className="tagl">{t('people.status.inactive')}</span>}
    </div>
  );
}

/** Languages one by one; of the domains how many, with their names to hover and to hear. */
function Skills({ person: { skills } }: { person: Person }) {
  const { data } = useQuery(skillsQuery);
  if (skills.length === 0) return <span className="mut">{t('people.noSkills')}</span>;
  const known = skills.map(({ code, level }) => ({ code, level, skill: data?.items.find((one) => one.code === code) }));
  const domains = known.filter(({ skill }) => skill?.type === 'domain');
  const names = domains.map(({ skill, level }) => `${nameOf(skill!)} ${formatNumber(level)}`).join(t('ui.date.comma'));
  return (
    <div className="row wrap people-skills">
      {known
        .filter(({ skill }) => skill?.type !== 'domain')
        .map(({ code, level, skill }) => (
          <span key={code} className="tagl">
            {skill ? nameOf(skill) : <Bidi>{code}</Bidi>} <Bidi>{formatNumber(level)}</Bidi>
          </span>
        ))}
      {domains.length > 0 && (
        <span className="tagl" title={names}>
          {t('people.domains', { n: domains.length })}
          <span className="sr">{names}</span>
        </span>
      )}
    </div>
  );
}

function Acts({ person, onAct }: { person: Person; onAct: (act: PersonAct) => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Btn square small aria-label={t('people.actsOn', { name: person.name })}>
          <Icon of={IconDots} size={16} />
        </Btn>
      </Menu.Target>
      <Menu.Dropdown>
        {actsOn(person).map((act) => (
          <Menu.Item key={act} onClick={() => onAct(act)}>
            {t(`people.act.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
