import { t } from '@app/ui/i18n';
import { others } from '../data/others-store';
import { useStore } from '../data/store';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';

/** Who else writes on this ticket, above the composer. */
export function WriterStrip({ ticketId }: { ticketId: string }) {
  const { accountId } = useMe();
  const writers = (useStore(others).get(ticketId)?.writers ?? []).filter((one) => one.accountId !== accountId);
  return (
    <div role="status" className={writers.length > 0 ? 'typing' : 'sr'}>
      {writers.map((one) => (
        <span key={one.accountId} className="row">
          {one.accountId !== null && <Avatar id={one.accountId} name={one.name} size={20} />}
          <span>
            {one.accountId === null ? t('desk.writing.requester') : t('desk.writing.colleague', { name: one.name })}
          </span>
        </span>
      ))}
    </div>
  );
}
