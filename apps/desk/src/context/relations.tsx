import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowMerge, IconLinkOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { useNow } from '@app/ui/clock';
import { t } from '@app/ui/i18n';
import type { components } from '@app/contract/openapi';
import { keepTicket } from '../data/ticket-cache';
import { relationsQuery, type Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { undoSplit } from '../ticket/undo-split';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Reference } from '../ui/reference';
import { toast } from '../ui/toast-store';

type Schemas = components['schemas'];
type Related = Schemas['RelatedTicketView'];

/** Where this ticket goes on, what goes on here, and what it is linked with. */
export function Relations({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(relationsQuery(ticket.id));
  if (!data) return null;
  const { mergedInto, merged, links, followUpOf, followUps } = data;
  if (!mergedInto && !followUpOf && merged.length + links.length + followUps.length === 0) return null;
  return (
    <section className="cs">
      {mergedInto && (
        <p className="alert" style={{ marginBlockEnd: 8 }}>
          <Icon of={IconArrowMerge} />
          <span className="grow">
            {t('desk.relation.mergedInto')} <TicketLink to={mergedInto.ticket} />
          </span>
          <Unmerge ticket={ticket} until={mergedInto.undoUntil} />
        </p>
      )}
      <h2>{t('desk.relation.title')}</h2>
      {merged.map((one) => (
        <Row key={one.id} label={t('desk.relation.merged')} ticket={one.ticket} />
      ))}
      {followUpOf && <Row label={t('desk.relation.followUpOf')} ticket={followUpOf} />}
      {followUps.map((one) => (
        <Row key={one.id} label={t('desk.relation.followUp')} ticket={one} />
      ))}
      {links.map((one) => (
        <Row key={one.id} label={t(`desk.relation.${one.kind}.${one.direction}`)} ticket={one.ticket}>
          {one.kind === 'split' ? <Unsplit link={one} ticket={ticket} /> : <Unlink ticket={ticket} link={one.id} />}
        </Row>
      ))}
    </section>
  );
}

function TicketLink({ to }: { to: Related }) {
  return (
    <Link to="/t/$ticket" params={{ ticket: to.reference }}>
      <Reference of={to.reference} />
    </Link>
  );
}

function Row({ label, ticket, children }: { label: string; ticket: Related; children?: ReactNode }) {
  return (
    <div className="row sm" style={{ paddingBlock: 3 }}>
      <span className="grow">
        <UserLine text={ticket.subject} cut />
        <span className="mut xs">
          {label} · <TicketLink to={ticket} />
        </span>
      </span>
      {children}
    </div>
  );
}

function Unlink({ ticket, link }: { ticket: Ticket; link: string }) {
  const may = useMay();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      call(api.DELETE('/api/v1/tickets/{ticket}/links/{id}', { params: { path: { ticket: ticket.id, id: link } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['relations'] }),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
  if (!may('tickets:change')) return null;
  return (
    <Btn
      look="quiet"
      small
      square
      aria-label={t('desk.relation.unlink')}
      busy={remove.isPending}
      onClick={() => remove.mutate()}
    >
      <Icon of={IconLinkOff} size={15} />
    </Btn>
  );
}

/** A ticket that was split off can go back for a day. */
function Unsplit({ ticket, link }: { ticket: Ticket; link: Schemas['LinkView'] }) {
  const may = useMay();
  const client = useQueryClient();
  const now = useNow();
  const split = link.direction === 'from' ? link.ticket : ticket;
  const undo = useMutation({ mutationFn: () => undoSplit(client, split.id) });
  if (!may('tickets:change') || split.status === 'closed' || !link.undoUntil || Date.parse(link.undoUntil) <= now)
    return null;
  return (
    <Btn small busy={undo.isPending} onClick={() => undo.mutate()}>
      {t('desk.relation.unmerge')}
    </Btn>
  );
}

function Unmerge({ ticket, until }: { ticket: Ticket; until: string }) {
  const client = useQueryClient();
  const now = useNow();
  const undo = useMutation({
    mutationFn: () => call(api.DELETE('/api/v1/tickets/{ticket}/merge', { params: { path: { ticket: ticket.id } } })),
    onSuccess: (back) => {
      keepTicket(client, back);
      void client.invalidateQueries();
    },
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
  });
  if (Date.parse(until) <= now) return null;
  return (
    <Btn small busy={undo.isPending} onClick={() => undo.mutate()}>
      {t('desk.relation.unmerge')}
    </Btn>
  );
}
