import { useQuery } from '@tanstack/react-query';
import { t } from '@app/ui/i18n';
import { changeQuery } from './policy-queries';

/** How far open promises have followed what was published. */
export function ChangeProgress({ id }: { id: string }) {
  const { data } = useQuery(changeQuery(id));
  if (!data) return null;
  return (
    <p className="alert rl-progress" role="status">
      {data.state === 'running'
        ? t('rules.change.running', { n: data.ticketsMoved })
        : t('rules.change.done', { n: data.ticketsMoved, m: data.clocksLate })}
    </p>
  );
}
