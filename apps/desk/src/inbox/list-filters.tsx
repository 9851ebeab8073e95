import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowsSort, IconChevronDown, IconFilter } from '@tabler/icons-react';
import { KINDS } from '@app/domain/ticket';
import { LANGUAGES } from '@app/domain/language';
import { PRIORITIES } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { queuesQuery } from '../data/queries';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { useMay, useMe } from '../session/me';
import { nameOf } from '../ui/names';
import { SORTS, type InboxSearch } from './inbox-search';
import { SavedViews } from './saved-views';
import type { Picked } from './use-picked';
import { VIEWS, type ViewId } from './views';

interface ListFiltersProps {
  view: ViewId;
  search: InboxSearch;
  /** Ids of the loaded rows, for "all". */
  rows: readonly string[];
  picked: Picked;
}

/** Filters and order; both live in the address. */
export function ListFilters({ view, search, rows, picked }: ListFiltersProps) {
  const navigate = useNavigate();
  const may = useMay();
  const change = (part: Partial<InboxSearch>) =>
    void navigate({ to: '/inbox/$view', params: { view }, search: (before: InboxSearch) => ({ ...before, ...part }) });
  const sort = search.sort ?? VIEWS[view].sort;
  const allPicked = rows.length > 0 && picked.ids.size >= rows.length;
  return (
    <div className="lf">
      <input
        type="checkbox"
        className="cb"
        aria-label={t('desk.list.pickAll', { n: rows.length })}
        checked={allPicked}
        ref={(box) => {
          if (box) box.indeterminate = picked.ids.size > 0 && !allPicked;
        }}
        onChange={() => (picked.ids.size > 0 ? picked.clear() : picked.all(rows))}
      />
      <span className="end" />
      {may('views:use') && <SavedViews view={view} search={search} />}
      <FilterMenu search={search} change={change} />
      {!search.q && (
        <Menu>
          <Menu.Target>
            <Btn look="quiet" small aria-label={t('desk.list.sort', { by: t(`desk.sort.${sort}`) })}>
              <Icon of={IconArrowsSort} size={15} />
              {t(`desk.sort.${sort}`)}
              <Icon of={IconChevronDown} size={13} />
            </Btn>
          </Menu.Target>
          <Menu.Dropdown>
            {SORTS.map((one) => (
              <Menu.Item key={one} aria-current={one === sort || undefined} onClick={() => change({ sort: one })}>
                {t(`desk.sort.${one}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function FilterMenu({ search, change }: { search: InboxSearch; change: (part: Partial<InboxSearch>) => void }) {
  const own = useMe().hubId !== null;
  const queues = useQuery({ ...queuesQuery, enabled: own }).data?.items ?? [];
  const queue = queues.find((one) => one.id === search.queueId);
  const chosen = [
    queue && nameOf(queue),
    search.language && t(`desk.lang.${search.language}`),
    search.kind && t(`desk.kind.${search.kind}`),
    search.priority && t(`desk.priority.${search.priority}`),
  ].filter(Boolean);
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Btn look={chosen.length > 0 ? 'tint' : 'quiet'} small>
          <Icon of={IconFilter} size={15} />
          {chosen.length > 0 ? chosen.join(' · ') : t('desk.list.noFilter')}
        </Btn>
      </Menu.Target>
      <Menu.Dropdown mah="70dvh" style={{ overflowY: 'auto' }}>
        <Options name="language" {...wordsFor('lang', LANGUAGES)} search={search} change={change} />
        <Options name="kind" {...wordsFor('kind', KINDS)} search={search} change={change} />
        <Options name="priority" {...wordsFor('priority', PRIORITIES)} search={search} change={change} />
        {queues.length > 0 && (
          <Options
            name="queueId"
            values={queues.map((one) => one.id)}
            labelOf={(id) => nameOf(queues.find((one) => one.id === id)!)}
            search={search}
            change={change}
          />
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface OptionsProps {
  name: 'language' | 'kind' | 'priority' | 'queueId';
  values: readonly string[];
  labelOf: (value: string) => string;
  search: InboxSearch;
  change: (part: Partial<InboxSearch>) => void;
}

const wordsFor = (prefix: 'lang' | 'kind' | 'priority', values: readonly string[]) => ({
  values,
  labelOf: (value: string) => t(`desk.${prefix}.${value}`),
});

function Options({ name, values, labelOf, search, change }: OptionsProps) {
  return (
    <>
      <Menu.Label>{t(`desk.filter.${name}`)}</Menu.Label>
      {values.map((value) => {
        const on = search[name] === value;
        return (
          <Menu.Item
            key={value}
            role="menuitemcheckbox"
            aria-checked={on}
            leftSection={<input type="checkbox" className="cb" checked={on} readOnly tabIndex={-1} aria-hidden />}
            onClick={() => change({ [name]: on ? undefined : value })}
          >
            {labelOf(value)}
          </Menu.Item>
        );
      })}
    </>
  );
}
