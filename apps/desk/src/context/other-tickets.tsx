import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { SlaChip } from '@app/ui/sla-chip';
import { earlierQuery, type Ticket } from '../data/queries';
import { nearestClock, whoMoves } from '../inbox/who-moves';
import { Reference } from '../ui/reference';

/** Earlier and other questions of the same association. */
export function OtherTickets({ ticket }: { ticket: Ticket }) {
  const id = ticket.association?.id;
  const navigate = useNavigate();
  const { data } = useQuery({ ...earlierQuery(id ?? ''), enabled: Boolean(id) });
  const rows = (data?.items ?? []).filter((row) => row.id !== ticket.id).slice(0, 5);
  if (rows.length === 0) return null;
  return (
    <section className="cs">
      <h2>{t('desk.context.others')}</h2>
      {rows.map((row) => {
        const clock = nearestClock(row);
        return (
          <button
            key={row.id}
            type="button"
            className="mini"
            onClick={() => void navigate({ to: '/t/$ticket', params: { ticket: row.reference } })}
          >
            <UserLine text={row.subject} cut className="ell" />
            <span>{clock && <SlaChip clock={clock} />}</span>
            <span className="mut xs">
              <Reference of={row.reference} /> · {whoMoves(row)}
            </span>
          </button>
        );
      })}
    </section>
  );
}
