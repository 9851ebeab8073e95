import { Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { savedViewsQuery } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import type { InboxSearch } from './inbox-search';
import { readInboxSearch } from './inbox-search';
import { viewOfQuery, type ViewId } from './views';

const NameViewDialog = lazy(() => import('./name-view-dialog').then((found) => ({ default: found.NameViewDialog })));

/** Filters under a name: one's own, or those of the hub. */
export function SavedViews({ view, search }: { view: ViewId; search: InboxSearch }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [naming, setNaming] = useState(false);
  const { data } = useQuery(savedViewsQuery);
  const items = data?.items ?? [];
  const go = (query: Record<string, string>) =>
    void navigate({ to: '/inbox/$view', params: { view: viewOfQuery(query) }, search: readInboxSearch(query) });
  const remove = useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      call(api.DELETE('/api/v1/views/{id}', { params: { path: { id }, header: { 'If-Match': ifMatch(version) } } })),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey: savedViewsQuery.queryKey }),
  });
  useCommands([
    { id: 'view.save', group: 'list', run: () => setNaming(true) },
    ...items.map((one) => ({
      id: `view.saved.${one.id}`,
      group: 'go' as const,
      label: one.name,
      run: () => go(one.query),
    })),
  ]);
  return (
    <>
      <Menu width={260}>
        <Menu.Target>
          <Btn look="quiet" small square aria-label={t('desk.saved.label')}>
            <Icon of={IconBookmark} size={15} />
          </Btn>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((one) => (
            <Menu.Item key={one.id} onClick={() => go(one.query)}>
              <UserLine text={one.name} cut />
              {one.shared && <span className="mut xs">{t('desk.saved.shared')}</span>}
            </Menu.Item>
          ))}
          {items.some((one) => one.mine) && <Menu.Divider />}
          {items
            .filter((one) => one.mine)
            .map((one) => (
              <Menu.Item
                key={`remove-${one.id}`}
                leftSection={<Icon of={IconTrash} />}
                onClick={() => remove.mutate(one)}
              >
                {t('desk.saved.remove', { name: one.name })}
              </Menu.Item>
            ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon of={IconBookmarkPlus} />} onClick={() => setNaming(true)}>
            {t('desk.saved.save')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {naming && <NameViewDialog view={view} search={search} onClose={() => setNaming(false)} />}
      </Suspense>
    </>
  );
}
