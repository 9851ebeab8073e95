import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call, problemText } from '@app/ui/api';
import { UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { consultationsQuery, type Consultation, type Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';

/** Opinions asked about this ticket. */
export function Consultations({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(consultationsQuery(ticket.id));
  const items = data?.items ?? [];
  if (items.length === 0) return <p className="cs mut sm">{t('desk.consult.none')}</p>;
  return (
    <>
      {items.map((one) => (
        <OneConsultation key={one.id} one={one} />
      ))}
    </>
  );
}

function OneConsultation({ one }: { one: Consultation }) {
  const may = useMay();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () =>
      call(
        api.DELETE('/api/v1/tickets/{ticket}/consultations/{id}', {
          params: { path: { ticket: one.ticketId, id: one.id } },
        }),
      ),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey: ['consultations'] }),
  });
  return (
    <section className="cs sm">
      <h2>
        <bdi>{nameOf(one.to)}</bdi>
        <span className="tagl end">{t(`desk.consult.state.${one.state}`)}</span>
      </h2>
      <UserText text={one.question} className="mut" />
      {one.opinion && (
        <div style={{ marginBlockStart: 8 }}>
          <UserText text={one.opinion} />
        </div>
      )}
      {one.state === 'waiting' && (
        <p className="row xs mut" style={{ marginBlockStart: 8 }}>
          <span className="grow">
            {t('desk.consult.until')} <DateTime at={one.expiresAt} style="dateTime" />
          </span>
          {may('tickets:consult') && (
            <Btn small busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('desk.consult.cancel')}
            </Btn>
          )}
        </p>
      )}
    </section>
  );
}
