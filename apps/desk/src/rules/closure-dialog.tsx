import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Closure } from '@app/domain/calendar';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import type { Calendar } from './calendar-queries';
import { ImpactPane } from './impact';

interface ClosureDialogProps {
  calendar: Calendar;
  closure: Closure;
  onClose: () => void;
}

/** A holiday is confirmed on its day or moved to another; the effect on open promises is shown before. */
export function ClosureDialog({ calendar, closure, onClose }: ClosureDialogProps) {
  const client = useQueryClient();
  const [to, setTo] = useState(closure.date);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const path = { id: calendar.id, date: closure.date };
  const body = { status: 'confirmed' as const, key: closure.key, ...(to === closure.date ? {} : { to }) };
  const publish = async () => {
    setBusy(true);
    try {
      await call(
        api.PUT('/api/v1/sla/calendars/{id}/closures/{date}', {
          params: { path, header: { 'If-Match': ifMatch(calendar.version) } },
          body,
        }),
      );
      toast({ text: t('rules.closure.done', { name: nameOf(closure) }) });
      void client.invalidateQueries({ queryKey: ['calendars'] });
      onClose();
    } catch (refused) {
      setProblem(problemText(refused));
      void client.invalidateQueries({ queryKey: ['calendars'] });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={nameOf(closure)}
      onClose={onClose}
      confirm={t(to === closure.date ? 'rules.closure.confirm' : 'rules.closure.move')}
      onConfirm={() => void publish()}
      busy={busy}
      problem={problem}
      wide
    >
      <p>
        {t('rules.closure.planned')} <DateTime at={`${closure.date}T12:00:00Z`} style="long" />
      </p>
      <Field label={t('rules.closure.date')} hint={t('rules.closure.hint')}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="inp"
            value={to}
            onChange={(event) => event.target.value && setTo(event.target.value)}
          />
        )}
      </Field>
      <ImpactPane
        of={[calendar.versionId, closure.date, to]}
        ask={() => call(api.POST('/api/v1/sla/calendars/{id}/closures/{date}/impact', { params: { path }, body }))}
      />
    </Dialog>
  );
}
