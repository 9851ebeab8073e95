import { useQuery } from '@tanstack/react-query';
import { IconGavel } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { components } from '@app/contract/openapi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { areaPart } from '../area';
import { legalDeadlinesQuery, type Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';

type Deadline = components['schemas']['LegalDeadlineView'];
const LegalDialog = lazy(areaPart('forms', async () => ({ default: (await import('./legal-dialog')).LegalDialog })));

/** The delay of the law that ends first; when all have ended, the one that did. */
function deadlineShown(items: readonly Deadline[]): Deadline | undefined {
  const dated = items.filter((one) => one.on !== null).sort((a, b) => (a.on ?? '').localeCompare(b.on ?? ''));
  return dated.find((one) => !one.passed) ?? dated.at(-1);
}

/** It stands before every promise. */
export function LegalLine({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const { data } = useQuery(legalDeadlinesQuery(ticket.id));
  const shown = deadlineShown(data?.items ?? []);
  if (!data || data.items.length === 0) return null;
  return shown || may('tickets:change') ? <Row ticket={ticket} list={data} shown={shown} /> : null;
}

interface RowProps {
  ticket: Ticket;
  list: components['schemas']['LegalDeadlineList'];
  shown: Deadline | undefined;
}

function Row({ ticket, list, shown }: RowProps) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  return (
    <div className={shown?.near || shown?.passed ? 'legal-line near' : 'legal-line'}>
      <Icon of={IconGavel} size={15} />
      {shown ? <Shown of={shown} /> : <span className="mut">{t('desk.law.none', { n: list.items.length })}</span>}
      {may('tickets:change') && (
        <Btn look="link" onClick={() => setOpen(true)}>
          {t('desk.law.enter')}
        </Btn>
      )}
      <Suspense fallback={null}>
        {open && <LegalDialog ticket={ticket} list={list} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
}

function Shown({ of }: { of: Deadline }) {
  return (
    <span>
      <b>{nameOf(of)}</b> {t(of.passed ? 'desk.law.passed' : 'desk.law.until')}{' '}
      <DateTime at={of.on ?? ''} offset={0} style="date" />
    </span>
  );
}
