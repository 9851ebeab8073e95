import { useQuery } from '@tanstack/react-query';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { hubsQuery } from '../data/queries';
import { nameOf } from '../ui/names';
import { DESK_ROLES, type Me } from './me';

interface MembershipChoiceProps {
  me: Me;
  busy: boolean;
  problem: string | null;
  onChoose: (membershipId: string) => void;
}

/** One account, several hats: the session acts in one of them. */
export function MembershipChoice({ me, busy, problem, onChoose }: MembershipChoiceProps) {
  const hubs = useQuery(hubsQuery).data?.items ?? [];
  const offered = me.memberships.filter((one) => DESK_ROLES.includes(one.role));
  return (
    <div className="stacked" role="group" aria-label={t('desk.signin.choose')}>
      <p className="b">{t('desk.signin.choose')}</p>
      {offered.map((one) => {
        const hub = hubs.find((found) => found.id === one.hubId);
        return (
          <Btn key={one.id} busy={busy} onClick={() => onChoose(one.id)} style={{ justifyContent: 'flex-start' }}>
            {t(`desk.role.${one.role}`)}
            {hub && <span className="mut">{nameOf(hub)}</span>}
          </Btn>
        );
      })}
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
