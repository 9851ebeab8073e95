import { useState } from 'react';
import type { Closure } from '@app/domain/calendar';
import { api, call, ifMatch } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { nameOf } from '../ui/names';
import type { Calendar } from './calendar-queries';
import { DayField } from './day-field';
import { ImpactPane } from './impact';
import { usePublish } from './use-publish';

interface ClosureDialogProps {
  calendar: Calendar;
  closure: Closure;
  onClose: () => void;
}

/** A holiday is confirmed on its day or moved to another; the effect on open promises is shown before. */
export function ClosureDialog({ calendar, closure, onClose }: ClosureDialogProps) {
  const [to, setTo] = useState(closure.date);
  const { busy, problem, publish } = usePublish(nameOf(closure), onClose);
  const path = { id: calendar.id, date: closure.date };
  const body = { status: 'confirmed' as const, key: closure.key, ...(to === closure.date ? {} : { to }) };
  const write = () =>
    call(
      api.PUT('/api/v1/sla/calendars/{id}/closures/{date}', {
        params: { path, header: { 'If-Match': ifMatch(calendar.version) } },
        body,
      }),
    );
  return (
    <Dialog
      title={nameOf(closure)}
      onClose={onClose}
      confirm={t(to === closure.date ? 'rules.closure.confirm' : 'rules.closure.move')}
      onConfirm={() => void publish(write)}
      busy={busy}
      problem={problem}
      wide
    >
      <p>
        {t('rules.closure.planned')} <DateTime at={`${closure.date}T12:00:00Z`} style="long" />
      </p>
      <DayField label={t('rules.closure.date')} hint={t('rules.closure.hint')} value={to} onChange={setTo} />
      <ImpactPane
        of={[calendar.versionId, closure.date, to]}
        ask={() => call(api.POST('/api/v1/sla/calendars/{id}/closures/{date}/impact', { params: { path }, body }))}
      />
    </Dialog>
  );
}
