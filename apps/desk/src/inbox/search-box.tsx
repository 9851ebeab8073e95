import { Popover } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { t } from '@app/ui/i18n';
import { useCommands } from '../keyboard/commands';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import type { InboxSearch } from './inbox-search';
import type { ViewId } from './views';

/** Words in either language, or a reference, within the view. */
export function SearchBox({ search, view }: { search: InboxSearch; view: ViewId }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState(search.q ?? '');
  useCommands([{ id: 'search', key: '/', group: 'list', run: () => setOpen(true) }]);
  const ask = (q: string | undefined) => {
    setOpen(false);
    void navigate({ to: '/inbox/$view', params: { view }, search: (before: InboxSearch) => ({ ...before, q }) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(words.trim() || undefined);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus width={320}>
      <Popover.Target>
        <Btn
          look={search.q ? 'tint' : 'quiet'}
          square
          aria-label={t('desk.list.search')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon of={IconSearch} size={19} />
        </Btn>
      </Popover.Target>
      <Popover.Dropdown>
        <form className="row" onSubmit={submit} role="search">
          <input
            className="inp said"
            type="search"
            aria-label={t('desk.list.search')}
            placeholder={t('desk.list.searchHint')}
            value={words}
            data-autofocus
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {search.q && (
            <Btn
              square
              aria-label={t('desk.list.searchClear')}
              onClick={() => {
                setWords('');
                ask(undefined);
              }}
            >
              <Icon of={IconX} />
            </Btn>
          )}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
