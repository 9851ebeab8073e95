import { useState } from 'react';
import { api, call, ifMatch } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Rich } from '@app/ui/rich';
import { Icon } from '../icon';
import { useLoad } from '../load';
import { RatingForm } from '../rating-form';
import { Refused } from '../states';
import type { Shown } from '../following';

const REOPEN_DAYS = 30;
const DAY_MS = 86_400_000;

/** After an answer: whether it did, and what one can still do. */
export function Outcome({ followed }: { followed: Shown }) {
  const { ticket } = followed.data;
  if (ticket.status === 'answered') return <Solved followed={followed} />;
  if (ticket.status !== 'resolved' && ticket.status !== 'closed') return null;
  const until = ticket.closedAt && new Date(Date.parse(ticket.closedAt) + REOPEN_DAYS * DAY_MS);
  return (
    <section className="card">
      <h2 className="b">{t('portal.outcome.closed')}</h2>
      <p>{t('portal.outcome.again')}</p>
      {until && (
        <p className="mut sm">
          <Rich id="portal.outcome.until" parts={{ date: <DateTime at={until} style="long" /> }} />
        </p>
      )}
    </section>
  );
}

function Solved({ followed }: { followed: Shown }) {
  const { ticket } = followed.data;
  const [state, setState] = useState<{ sending: boolean; problem: unknown }>({ sending: false, problem: null });
  const solved = async () => {
    setState({ sending: true, problem: null });
    try {
      await call(
        api.PUT('/api/v1/tickets/{ticket}/status', {
          params: { path: { ticket: ticket.id }, header: { 'If-Match': ifMatch(ticket.version) } },
          body: { status: 'resolved' },
        }),
      );
      setState({ sending: false, problem: null });
    } catch (problem) {
      setState({ sending: false, problem });
    }
    await followed.reload();
  };
  return (
    <section className="card" aria-labelledby="solved">
      <h2 id="solved" className="sec">
        {t('portal.outcome.question')}
      </h2>
      <div className="choices">
        <button
          type="button"
          className="big p"
          aria-disabled={state.sending}
          onClick={() => void (state.sending || solved())}
        >
          <Icon name="check" size={20} />
          {t('portal.outcome.yes')}
        </button>
        <a className="big s" href="#reply">
          {t('portal.outcome.no')}
        </a>
      </div>
      <Refused problem={state.problem} />
    </section>
  );
}

/** What one thinks of the answer; asked once there is one. */
export function Opinion({ ticketId }: { ticketId: string }) {
  const params = { path: { ticket: ticketId } };
  const { data } = useLoad(`rating ${ticketId}`, () => call(api.GET('/api/v1/tickets/{ticket}/rating', { params })));
  if (!data?.allowed) return null;
  return (
    <RatingForm
      before={data.rating}
      save={(body) => call(api.PUT('/api/v1/tickets/{ticket}/rating', { params, body }))}
    />
  );
}
