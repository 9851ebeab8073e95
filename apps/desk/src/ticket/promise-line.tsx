import { UserLine } from '@app/ui/bidi';
import { useNow } from '@app/ui/clock';
import { DateTime } from '@app/ui/date-time';
import { longDuration } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { SlaChip } from '@app/ui/sla-chip';
import { slaState } from '@app/ui/sla-state';
import type { Clock, Ticket } from '../data/queries';
import { nameOf } from '../ui/names';
import { LegalLine } from './legal-line';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** The promise that counts now: the first response until it is met, then the resolution. */
export function currentClock({ promise }: Ticket): Clock | null {
  const { firstResponse, resolution } = promise;
  if (firstResponse && firstResponse.state !== 'met' && firstResponse.state !== 'cancelled') return firstResponse;
  return resolution ?? firstResponse;
}

/** Subject, and how much of the promise is gone, stood still and is left. */
export function PromiseLine({ ticket }: { ticket: Ticket }) {
  const now = useNow();
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
          <Rule clock={clock} now={now} />
          <span className="xs mut nw">
            {targetText(clock)} · {nameOf(ticket.hub)}
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
  if (!clock.dueLocal) return <span className="mut">{t('desk.promise.stands')}</span>;
  const sameDay = Math.abs(Date.parse(clock.dueLocal) - now) < 12 * HOUR_MINUTES * MINUTE_MS;
  return (
    <span className="mut">
      {t('desk.promise.before')} <DateTime at={clock.dueLocal} style={sameDay ? 'time' : 'dateTime'} />
    </span>
  );
}

/** `4 h ouvrées`: what was promised, and in which hours it counts. */
function targetText({ targetMinutes, time }: Clock) {
  const hours = Math.floor(targetMinutes / HOUR_MINUTES);
  const minutes = targetMinutes % HOUR_MINUTES;
  const whole = minutes === 0 ? t('ui.short.hours', { n: hours }) : null;
  const amount =
    hours === 0
      ? t('ui.short.minutes', { n: minutes })
      : (whole ?? t('ui.short.hoursMinutes', { n: hours, m: String(minutes).padStart(2, '0') }));
  return (
    <>
      <bdi>{amount}</bdi> {t(`desk.promise.time.${time}`)}
    </>
  );
}

/** From the start side: elapsed, then what is left; nothing is left when late. */
function Rule({ clock, now }: { clock: Clock; now: number }) {
  if (!clock.dueAt || clock.state === 'met' || clock.state === 'cancelled') return <span className="grow" />;
  const start = Date.parse(clock.startedAt);
  const due = Date.parse(clock.dueAt);
  const whole = Math.max(due - start, MINUTE_MS);
  const gone = Math.max(0, now - start);
  const late = now > due;
  const share = late ? whole / gone : Math.min(1, gone / whole);
  const state = slaState(clock, now) ?? 'calm';
  const label = t(late ? 'desk.promise.barLate' : 'desk.promise.bar', {
    gone: longDuration(gone),
    left: longDuration(Math.abs(due - now)),
  });
  return (
    <span className="rule" role="img" aria-label={label}>
      <i className="done" style={{ inlineSize: `${share * 100}%` }} />
      <i className={`left ${state}`} style={{ inlineSize: `${(1 - share) * 100}%` }} />
    </span>
  );
}
