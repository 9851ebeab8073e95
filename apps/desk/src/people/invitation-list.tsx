import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, ApiProblem, call, ifMatch, problemText } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { DataTable, type Column } from '../ui/data-table';
import { toast } from '../ui/toast-store';
import { invitationsQuery, type Invitation } from './people-queries';
import { useWrite } from '../forms/use-write';

const isOpen = ({ state }: Invitation) => state === 'open' || state === 'expired';

/** Who was asked in: a new mail, or taken back. Those that are settled are shown on request. */
export function InvitationList() {
  const heading = useId();
  const { data, error } = useQuery(invitationsQuery);
  const [all, setAll] = useState(false);
  const rows = (data?.items ?? []).filter((one) => all || isOpen(one));
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  if (!data || data.items.length === 0) return null;
  return (
    <section className="stacked" aria-labelledby={heading}>
      <div className="row">
        <h2 id={heading} className="people-group">
          {t('people.invitations.title')}
        </h2>
        <label className="row sm end">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          {t('people.invitations.all')}
        </label>
      </div>
      <DataTable
        caption={t('people.invitations.title')}
        columns={COLUMNS()}
        rows={rows}
        rowKey={(one) => one.id}
        empty={<p className="mut">{t('people.invitations.none')}</p>}
      />
    </section>
  );
}

const COLUMNS = (): Column<Invitation>[] => [
  {
    key: 'name',
    head: t('people.column.name'),
    cell: (one) => (
      <>
        <UserLine text={one.name} className="b" />
        <span className="mut xs u">
          <Bidi>{one.email}</Bidi>
        </span>
      </>
    ),
  },
  { key: 'role', head: t('people.column.role'), cell: (one) => t(`desk.role.${one.role}`) },
  { key: 'state', head: t('people.column.status'), cell: (one) => t(`people.invitation.${one.state}`) },
  {
    key: 'until',
    head: t('people.column.until'),
    cell: (one) => <DateTime at={one.expiresAt} style="dateTime" className="nw" />,
  },
  { key: 'acts', head: t('people.column.acts'), cell: (one) => isOpen(one) && <Acts invitation={one} /> },
];

function Acts({ invitation }: { invitation: Invitation }) {
  const { busy, run } = useWrite(['invitations']);
  const at = {
    params: { path: { id: invitation.id }, header: { 'If-Match': ifMatch(invitation.version) } },
  };
  const act = (send: () => Promise<unknown>, done: string) =>
    run(async () => {
      try {
        await send();
        toast({ text: t(done, { email: invitation.email }) });
      } catch (problem) {
        toast({ text: problemText(problem), bad: true });
        if (problem instanceof ApiProblem) throw problem;
      }
    });
  return (
    <div className="row">
      <Btn
        small
        busy={busy}
        onClick={() => void act(() => call(api.POST('/api/v1/invitations/{id}/mail', at)), 'people.invite.sent')}
      >
        {t('people.invitations.resend')}
      </Btn>
      <Btn
        small
        look="quiet"
        busy={busy}
        onClick={() =>
          void act(() => call(api.POST('/api/v1/invitations/{id}/revocation', at)), 'people.invitations.revoked')
        }
      >
        {t('people.invitations.revoke')}
      </Btn>
    </div>
  );
}
