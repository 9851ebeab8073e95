import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Season } from '@app/domain/calendar';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import type { Calendar } from './calendar-queries';
import { ImpactPane } from './impact';

interface SeasonDialogProps {
  calendar: Calendar;
  season: Season;
  onClose: () => void;
}

/** Seasonal hours (Ramadan) are switched by a person, with the days that the forecast proposes. */
export function SeasonDialog({ calendar, season, onClose }: SeasonDialogProps) {
  const client = useQueryClient();
  const [on, setOn] = useState(!season.off);
  const [from, setFrom] = useState(season.from);
  const [to, setTo] = useState(season.to);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const path = { id: calendar.id, season: season.key };
  const body = { on, confirmed: true, from, to };
  const publish = async () => {
    setBusy(true);
    try {
      await call(
        api.PUT('/api/v1/sla/calendars/{id}/seasons/{season}', {
          params: { path, header: { 'If-Match': ifMatch(calendar.version) } },
          body,
        }),
      );
      toast({ text: t('rules.closure.done', { name: nameOf(season) }) });
      onClose();
    } catch (refused) {
      setProblem(problemText(refused));
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['calendars'] });
    }
  };
  return (
    <Dialog
      title={nameOf(season)}
      onClose={onClose}
      confirm={t('rules.season.publish')}
      onConfirm={() => void publish()}
      busy={busy}
      problem={problem}
      wide
    >
      <label className="row">
        <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
        {t('rules.season.on')}
      </label>
      <div className="row wrap">
        <Field label={t('rules.season.from')}>
          {(control) => (
            <input
              {...control}
              type="date"
              className="inp"
              value={from}
              onChange={(event) => event.target.value && setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('rules.season.to')}>
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
      </div>
      <ImpactPane
        of={[calendar.versionId, season.key, on, from, to]}
        ask={() => call(api.POST('/api/v1/sla/calendars/{id}/seasons/{season}/impact', { params: { path }, body }))}
      />
    </Dialog>
  );
}
