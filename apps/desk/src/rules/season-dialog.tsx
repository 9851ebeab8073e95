import { useState } from 'react';
import type { Season } from '@app/domain/calendar';
import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { nameOf } from '../ui/names';
import type { Calendar } from './calendar-queries';
import { DayField } from './day-field';
import { ImpactPane } from './impact';
import { usePublish } from './use-publish';

interface SeasonDialogProps {
  calendar: Calendar;
  season: Season;
  onClose: () => void;
}

/** Seasonal hours (Ramadan) are switched by a person, with the days that the forecast proposes. */
export function SeasonDialog({ calendar, season, onClose }: SeasonDialogProps) {
  const [on, setOn] = useState(!season.off);
  const [from, setFrom] = useState(season.from);
  const [to, setTo] = useState(season.to);
  const { busy, problem, publish } = usePublish(nameOf(season), onClose);
  const path = { id: calendar.id, season: season.key };
  const body = { on, confirmed: true, from, to };
  const write = () =>
    call(
      api.PUT('/api/v1/sla/calendars/{id}/seasons/{season}', {
        params: { path, header: { 'If-Match': ifMatch(calendar.version) } },
        body,
      }),
    );
  return (
    <Dialog
      title={nameOf(season)}
      onClose={onClose}
      confirm={t('rules.season.publish')}
      onConfirm={() => void publish(write)}
      busy={busy}
      problem={problem}
      wide
    >
      <label className="row">
        <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
        {t('rules.season.on')}
      </label>
      <div className="row wrap">
        <DayField label={t('rules.season.from')} value={from} onChange={setFrom} />
        <DayField label={t('rules.season.to')} value={to} onChange={setTo} />
      </div>
      <ImpactPane
        of={[calendar.versionId, season.key, on, from, to]}
        ask={() => call(api.POST('/api/v1/sla/calendars/{id}/seasons/{season}/impact', { params: { path }, body }))}
      />
    </Dialog>
  );
}
