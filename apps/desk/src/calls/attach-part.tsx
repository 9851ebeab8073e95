import { Link } from '@tanstack/react-router';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { api, call as ask } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { Reference } from '../ui/reference';
import type { CallWords } from './call-queries';
import type { Call } from './live-calls';
import type { DraftProps } from './wrap';

const NewTicketPart = lazy(() => import('./new-ticket-part').then((found) => ({ default: found.NewTicketPart })));

interface AttachPartProps extends DraftProps {
  call: Call;
  words: CallWords | undefined;
}

/** Most calls go on with a question there is: the newest open one is the first button. */
export function AttachPart({ call, words, draft, set }: AttachPartProps) {
  const [creates, setCreates] = useState(false);
  const { busy, problem, run } = useWrite(['calls', 'messages']);
  const attach = (ticketId: string) =>
    void run(async () => {
      await ask(api.PUT('/api/v1/calls/{id}/ticket', { params: { path: { id: call.id } }, body: { ticketId } }));
    });
  const { tickets } = call.caller;
  return (
    <section className="callp-part">
      <h2>{t('calls.tickets')}</h2>
      {tickets.map((ticket, at) => (
        <div key={ticket.id} className="callp-ticket">
          <div className="grow">
            <UserLine text={ticket.subject} cut className="b sm" />
            <Link to="/t/$ticket" params={{ ticket: ticket.reference }} className="xs">
              <Reference of={ticket.reference} />
            </Link>
            <span className="mut xs"> · {t(`desk.moves.${ticket.status}`)}</span>
          </div>
          {ticket.id === call.ticketId ? (
            <span className="tagl">
              <Icon of={IconCheck} size={13} />
              {t('calls.attached')}
            </span>
          ) : (
            <Btn
              small
              look={at === 0 && !call.ticketId ? 'primary' : 'plain'}
              busy={busy}
              aria-label={t('calls.attachTo', { reference: ticket.reference })}
              onClick={() => attach(ticket.id)}
            >
              {t('calls.attach')}
            </Btn>
          )}
        </div>
      ))}
      {call.reference && !tickets.some((one) => one.id === call.ticketId) && (
        <p className="sm">
          {t('calls.attached')}{' '}
          <Link to="/t/$ticket" params={{ ticket: call.reference }}>
            <Reference of={call.reference} />
          </Link>
        </p>
      )}
      {tickets.length === 0 && !call.reference && (
        <p className="mut sm">
          {t(call.caller.verificationNeeded && call.caller.candidates.length > 0 ? 'calls.hidden' : 'calls.noTickets')}
        </p>
      )}
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      {creates ? (
        <Suspense fallback={null}>
          <NewTicketPart call={call} words={words} draft={draft} set={set} onClose={() => setCreates(false)} />
        </Suspense>
      ) : (
        !call.ticketId && (
          <Btn onClick={() => setCreates(true)}>
            <Icon of={IconPlus} size={15} />
            {t('calls.newTicket')}
          </Btn>
        )
      )}
    </section>
  );
}
