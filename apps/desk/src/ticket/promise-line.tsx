import { useQuery } from '@tanstack/react-query';
import { UserLine } from '@app/ui/bidi';
import { useNow } from '@app/ui/clock';
import { DateTime } from '@app/ui/date-time';
import { longDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { SlaChip } from '@app/ui/sla-chip';
import { slaState } from '@app/ui/sla-state';
import { eventsQuery, type Clock, type HistoryEntry, type Ticket } from '../data/queries';
import { nameOf } from '../ui/names';
import { LegalLine } from './legal-line';
import { pausedFor, pausesOf, type Stretch } from './pauses';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const NONE: readonly HistoryEntry[] = [];

/** The promise that counts now: the first response until it is met, then the resolution. */
export function currentClock({ promise }: Ticket): Clock | null {
  const { firstResponse, resolution } = promise;
  if (firstResponse && firstResponse.state !== 'met' && firstResponse.state !== 'cancelled') return firstResponse;
  return resolution ?? firstResponse;
}

/** Subject, and how much of the promise is gone, stood still and is left. */
export function PromiseLine({ ticket, address }: { ticket: Ticket; address: string }) {
  const now = useNow();
  const { data: events } = useQuery(eventsQuery(address));
  const clock = currentClock(ticket);
  return (
    <div className="ch2">
      <h1>
        <UserLine text={ticket.subject} cut className="ell" />
      </h1>
      {clock && (
        <div className="promise">
          <SlaChip clock={clock} />
          <span className="sm nw">
            <b className="b">{t(`desk.metric.${clock.metric}`)}</b> <Due clock={clock} now={now} />
          </span>
          <Rule clock={clock} now={now} events={events?.items ?? NONE} />
          <span className="xs mut nw">
            <Amount minutes={clock.targetMinutes} time={clock.time} /> · {nameOf(ticket.hub)}
          </span>
        </div>
      )}
      <LegalLine ticket={ticket} />
    </div>
  );
}

function Due({ clock, now }: { clock: Clock; now: number }) {
  if (clock.state === 'met' && clock.metAt) {
    return (
      <span className="mut">
        {t('desk.promise.metOn')} <DateTime at={clock.metAt} style="dateTime" />
      </span>
    );
  }
  if (!clock.dueLocal) return <Standing clock={clock} />;
  const sameDay = Math.abs(Date.parse(clock.dueLocal) - now) < 12 * HOUR_MINUTES * MINUTE_MS;
  return (
    <span className="mut">
      {t('desk.promise.before')} <DateTime at={clock.dueLocal} style={sameDay ? 'time' : 'dateTime'} />
    </span>
  );
}

/** While the clock stands still, what is left stands still with it. */
function Standing({ clock: { remainingMinutes: left, time } }: { clock: Clock }) {
  return (
    <span className="mut">
      {t('desk.promise.stands')}
      {left !== null && (
        <>
          {t('ui.date.comma')}
          {t(left < 0 ? 'desk.promise.leftLate' : 'desk.promise.left')} <Amount minutes={Math.abs(left)} time={time} />
        </>
      )}
    </span>
  );
}

/** `4 h ouvrées`: an amount of minutes, and in which hours they count. */
function Amount({ minutes: whole, time }: { minutes: number; time: Clock['time'] }) {
  const hours = Math.floor(whole / HOUR_MINUTES);
  const minutes = whole % HOUR_MINUTES;
  const full = minutes === 0 ? t('ui.short.hours', { n: hours }) : null;
  const amount =
    hours === 0
      ? t('ui.short.minutes', { n: minutes })
      : (full ?? t('ui.short.hoursMinutes', { n: hours, m: String(minutes).padStart(2, '0') }));
  return (
    <>
      <bdi>{amount}</bdi> {t(`desk.promise.time.${time}`)}
    </>
  );
}

/** From the start side: elapsed with the time that stood still, then what is left; nothing is left when late. */
function Rule({ clock, now, events }: { clock: Clock; now: number; events: readonly HistoryEntry[] }) {
  const pauses = pausesOf(clock, events);
  if (!isDrawn(clock, pauses)) return <span className="grow" />;
  const start = Date.parse(clock.startedAt);
  const due = clock.dueAt ? Date.parse(clock.dueAt) : now;
  const late = clock.dueAt !== null && now > due;
  const whole = Math.max((late ? now : due) - start, MINUTE_MS);
  const share = (from: number, to: number) => `${(Math.max(0, to - from) / whole) * 100}%`;
  const edge = late ? due : Math.min(now, due);
  const state = slaState(clock, now) ?? 'calm';
  return (
    <span className="rule" role="img" aria-label={ruleLabel(clock, pauses, now)} title={ruleLabel(clock, pauses, now)}>
      <i className="done" style={{ inlineSize: share(start, edge) }} />
      <i className={`left ${state}`} style={{ inlineSize: share(edge, late ? now : due) }} />
      {pauses.map(({ from, to }) => (
        <i
          key={from}
          className="halt"
          style={{ insetInlineStart: share(start, from), inlineSize: share(from, to ?? now) }}
        />
      ))}
    </span>
  );
}

/** Nothing is drawn of a promise that is over, or of one that stood still before it was watched. */
function isDrawn({ state, dueAt }: Clock, pauses: readonly Stretch[]): boolean {
  return state !== 'met' && state !== 'cancelled' && (dueAt !== null || pauses.length > 0);
}

function ruleLabel(clock: Clock, pauses: readonly Stretch[], now: number): string {
  const gone = longDuration(Math.max(0, now - Date.parse(clock.startedAt)));
  const stood = pausedFor(pauses, now);
  const said = clock.dueAt
    ? t(now > Date.parse(clock.dueAt) ? 'desk.promise.barLate' : 'desk.promise.bar', {
        gone,
        left: longDuration(Math.abs(Date.parse(clock.dueAt) - now)),
      })
    : t('desk.promise.barStands', { gone });
  return stood < MINUTE_MS
    ? said
    : `${said}${t('ui.date.comma')}${t('desk.promise.stood', { time: longDuration(stood) })}`;
}
