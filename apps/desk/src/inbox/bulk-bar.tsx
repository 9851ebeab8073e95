import { t } from '@app/ui/i18n';
import type { TicketSummary } from '../data/queries';
import { Btn } from '../ui/button';
import { useBulk } from './use-bulk';
import type { Picked } from './use-picked';

/** What can be done with all that is selected; failures are told one by one. */
export function BulkBar({ rows, picked }: { rows: readonly TicketSummary[]; picked: Picked }) {
  const chosen = rows.filter((row) => picked.ids.has(row.id));
  const { run, busy } = useBulk(chosen, picked.clear);
  return (
    <div className="bulk" role="toolbar" aria-label={t('desk.bulk.label')}>
      <span className="b" role="status">
        {t('desk.bulk.count', { n: picked.ids.size })}
      </span>
      <Btn small busy={busy} onClick={() => run('claim')}>
        {t('desk.bulk.claim')}
      </Btn>
      <Btn small busy={busy} onClick={() => run('release')}>
        {t('desk.bulk.release')}
      </Btn>
      <Btn small busy={busy} onClick={() => run('resolved')}>
        {t('desk.bulk.resolve')}
      </Btn>
      <Btn small look="quiet" className="end" onClick={picked.clear}>
        {t('desk.bulk.clear')}
      </Btn>
    </div>
  );
}
