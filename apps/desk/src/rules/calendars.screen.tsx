import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Closure, Season } from '@app/domain/calendar';
import { problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { useMay, useMe } from '../session/me';
import { Btn } from '../ui/button';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { CalendarEditor } from './calendar-editor';
import { CalendarHistory } from './calendar-history';
import { Closures, Seasons } from './calendar-lists';
import { CalendarPublish } from './calendar-publish';
import { calendarQuery, calendarsQuery, type Calendar } from './calendar-queries';
import { ClosureDialog } from './closure-dialog';
import { CopyDialog } from './copy-dialog';
import { ImportDialog } from './import-dialog';
import { SeasonDialog } from './season-dialog';
import { useCalendarDraft } from './use-calendar-draft';
import { WeekBars } from './week-bars';
import '../styles/rules.css';

export function CalendarsScreen() {
  const { data: list, error } = useQuery(calendarsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen ?? (list?.items.find((one) => one.yours) ?? list?.items[0])?.id;
  return (
    <Page
      title={t('rules.calendars.title')}
      tools={
        list &&
        list.items.length > 1 && (
          <select
            className="inp"
            aria-label={t('rules.calendars.choose')}
            value={id}
            onChange={(event) => setChosen(event.target.value)}
          >
            {list.items.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )
      }
    >
      {error && <p className="alert warn">{problemText(error)}</p>}
      {id && <CalendarBody id={id} />}
    </Page>
  );
}

function CalendarBody({ id }: { id: string }) {
  const { data: calendar, error } = useQuery(calendarQuery(id));
  const publishes = useMay()('sla:publish');
  const [open, setOpen] = useState<Open>({});
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  if (!calendar) return null;
  return (
    <div className="stacked" key={id}>
      <p className="mut">
        {t(calendar.yours ? 'rules.calendars.yours' : 'rules.calendars.others', { n: calendar.version })}{' '}
        <DateTime at={calendar.publishedAt} style="long" />
      </p>
      {publishes && calendar.yours ? (
        <>
          <OwnCalendar key={calendar.versionId} calendar={calendar} onOpen={setOpen} />
          <DayDialogs calendar={calendar} open={open} onClose={() => setOpen({})} />
        </>
      ) : (
        <OthersCalendar calendar={calendar} publishes={publishes} />
      )}
    </div>
  );
}

type Open = { closure?: Closure; season?: Season; imports?: true };

/** Hours are changed as a draft; holidays and seasons one by one, while there is none. */
function OwnCalendar({ calendar, onOpen }: { calendar: Calendar; onOpen: (open: Open) => void }) {
  const draft = useCalendarDraft(calendar);
  const [editing, setEditing] = useState(draft.changed);
  return (
    <div className={editing ? 'rl-two' : undefined}>
      <div className="stacked">
        <div className="row">
          <h2>{t('rules.week.title')}</h2>
          <Btn className="end" aria-expanded={editing} onClick={() => setEditing(!editing)}>
            {t(editing ? 'rules.week.done' : 'rules.week.edit')}
          </Btn>
        </div>
        {editing ? (
          <CalendarEditor definition={draft.definition} problem={draft.problem} onChange={draft.set} />
        ) : (
          <WeekBars week={draft.definition.week} />
        )}
        <Days calendar={calendar} onOpen={draft.changed ? null : onOpen} />
        <CalendarHistory calendar={calendar} />
      </div>
      {editing && (
        <aside className="stacked rl-side rl-stay">
          <CalendarPublish draft={draft} version={calendar.version} />
        </aside>
      )}
    </div>
  );
}

/** Seasons and holidays, each changed in its dialog, while there is no draft. */
function Days({ calendar, onOpen }: { calendar: Calendar; onOpen: ((open: Open) => void) | null }) {
  return (
    <>
      {!onOpen && <p className="alert">{t('rules.calendars.draft')}</p>}
      <Seasons calendar={calendar} onChange={onOpen && ((season) => onOpen({ season }))} />
      <Closures
        calendar={calendar}
        onChange={onOpen && ((closure) => onOpen({ closure }))}
        onImport={onOpen && (() => onOpen({ imports: true }))}
      />
    </>
  );
}

/** They stay open, with what was chosen in them, when somebody else publishes meanwhile; the impact is asked for anew. */
function DayDialogs(props: { calendar: Calendar; open: Open; onClose: () => void }) {
  const { calendar, onClose } = props;
  const { closure, season, imports } = props.open;
  return (
    <>
      {imports && <ImportDialog calendar={calendar} onClose={onClose} />}
      {closure && <ClosureDialog calendar={calendar} closure={closure} onClose={onClose} />}
      {season && <SeasonDialog calendar={calendar} season={season} onClose={onClose} />}
    </>
  );
}

/** Who may look and not change is told why; a hub may take a copy. */
function OthersCalendar({ calendar, publishes }: { calendar: Calendar; publishes: boolean }) {
  const { hubId } = useMe();
  const [copying, setCopying] = useState(false);
  const uses = calendar.usedBy.some((one) => one.id === hubId);
  return (
    <>
      <div className="alert rl-why">
        <span className="grow">{t(publishes ? 'rules.readOnly.calendar' : 'rules.readOnly.nobody')}</span>
        {publishes && uses && (
          <Btn small onClick={() => setCopying(true)}>
            {t('rules.copy.open')}
          </Btn>
        )}
      </div>
      <h2>{t('rules.week.title')}</h2>
      <WeekBars week={calendar.definition.week} />
      <Seasons calendar={calendar} onChange={null} />
      <Closures calendar={calendar} onChange={null} onImport={null} />
      <CalendarHistory calendar={calendar} />
      {copying && <CopyDialog calendar={calendar} onClose={() => setCopying(false)} />}
    </>
  );
}
