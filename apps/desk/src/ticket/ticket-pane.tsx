import { useQuery } from '@tanstack/react-query';
import { IconEyeOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { ApiProblem, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { live, socket } from '../data/live';
import { forget, heard } from '../data/others-store';
import { ticketQuery } from '../data/queries';
import { useStore } from '../data/store';
import { ContextPane } from '../context/context-pane';
import { Composer } from '../composer/composer';
import '../styles/ticket.css';
import { Btn } from '../ui/button';
import { Empty } from '../ui/empty';
import { PromiseLine } from './promise-line';
import { Thread } from './thread';
import { TicketHeader } from './ticket-header';
import { WriterStrip } from './writer-strip';

export interface TicketPaneProps {
  /** Reference or id, as the address says it. */
  ticket: string;
  onClose: () => void;
  onDrawer: (drawer: 'list' | 'context' | null) => void;
  /** Without a list beside it. */
  alone?: boolean;
}

/** Header, promise, conversation, composer; the context beside. */
export function TicketPane({ ticket: address, onClose, onDrawer, alone }: TicketPaneProps) {
  const { data: ticket, error } = useQuery(ticketQuery(address));
  const id = ticket?.id;
  const connected = useStore(socket);
  useEffect(() => (id && connected ? watch(id) : undefined), [id, connected]);
  if (!ticket) return <Waiting problem={error} onClose={onClose} />;
  const lost = error instanceof ApiProblem && error.status === 404;
  return (
    <>
      <main className="conv" id="main" tabIndex={-1}>
        <TicketHeader ticket={ticket} onDrawer={onDrawer} onClose={onClose} alone={alone ?? false} />
        <PromiseLine ticket={ticket} address={address} />
        {lost && (
          <p className="alert warn" role="alert">
            {t('desk.ticket.lost')}
          </p>
        )}
        <Thread ticket={ticket} address={address} />
        <WriterStrip ticketId={ticket.id} />
        {!lost && <Composer ticket={ticket} />}
      </main>
      <ContextPane ticket={ticket} address={address} onClose={() => onDrawer(null)} />
    </>
  );
}

function Waiting({ problem, onClose }: { problem: unknown; onClose: () => void }) {
  if (!problem) return <main className="conv" id="main" aria-busy="true" />;
  return (
    <main className="conv" id="main" tabIndex={-1}>
      <Empty
        icon={IconEyeOff}
        title={problemText(problem)}
        text={t('desk.ticket.notSeen')}
        action={<Btn onClick={onClose}>{t('desk.ticket.back')}</Btn>}
      />
    </main>
  );
}

/** Colleagues see that the ticket is open here, and this person sees them. */
function watch(ticketId: string): () => void {
  const mine = live();
  void mine?.watch(ticketId).then((answer) => {
    if (answer?.ok) heard({ ticketId, viewers: answer.viewers, writers: [] });
  });
  return () => {
    mine?.unwatch(ticketId);
    forget(ticketId);
  };
}
