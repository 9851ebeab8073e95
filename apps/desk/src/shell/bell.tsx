import { Popover } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { api, call } from '@app/ui/api';
import { hasText, t } from '@app/ui/i18n';
import { notificationsQuery } from '../data/queries';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { When } from '../ui/when';

/** What happened for this person; opening one leads to its ticket. */
export function Bell() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data } = useQuery(notificationsQuery);
  const read = useMutation({
    mutationFn: (ids: string[]) => call(api.POST('/api/v1/notifications/read', { body: { ids } })),
    onSuccess: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  });
  const items = data?.items ?? [];
  const unread = items.filter((one) => !one.readAt).map((one) => one.id);
  const go = (id: string, ticketId: string | null) => {
    setOpen(false);
    if (unread.includes(id)) read.mutate([id]);
    if (ticketId) void navigate({ to: '/t/$ticket', params: { ticket: ticketId } });
  };
  const label = t('desk.bell.label', { n: data?.unread ?? 0 });
  return (
    <Popover opened={open} onChange={setOpen} position="right-end" width={340} trapFocus>
      <Popover.Target>
        <button type="button" className="entry" aria-label={label} onClick={() => setOpen(!open)}>
          <Icon of={IconBell} size={21} />
          {(data?.unread ?? 0) > 0 && <span className="n">{Math.min(data!.unread, 99)}</span>}
          <span>{t('desk.bell.short')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className="row pop-head">
          <h2>{t('desk.bell.title')}</h2>
          {unread.length > 0 && (
            <Btn look="link" className="end" onClick={() => read.mutate(unread)}>
              {t('desk.bell.readAll')}
            </Btn>
          )}
        </div>
        <ul className="pop-list">
          {items.length === 0 && <li className="mut pop-none">{t('desk.bell.none')}</li>}
          {items.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={one.readAt ? 'pop-item' : 'pop-item b'}
                onClick={() => go(one.id, one.ticketId)}
              >
                <span className="grow">
                  {t(hasText(`desk.notice.${one.kind}`) ? `desk.notice.${one.kind}` : 'desk.notice.other')}
                </span>
                <span className="mut xs">
                  <When at={one.createdAt} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
