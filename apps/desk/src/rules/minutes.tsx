import { useState } from 'react';
import type { TimeKind } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof UNITS;

/** The largest unit that leaves whole numbers, or half hours; opening hours know no days. */
function unitOf(minutes: number, time: TimeKind): Unit {
  if (time === 'calendar' && minutes > 0 && minutes % UNITS.days === 0) return 'days';
  return minutes >= UNITS.hours && minutes % (UNITS.hours / 2) === 0 ? 'hours' : 'minutes';
}

/** `2 h`, `1 h 30`, `3 j`. */
export function minutesText(minutes: number, time: TimeKind = 'business'): string {
  if (time === 'calendar' && minutes > 0 && minutes % UNITS.days === 0)
    return t('ui.short.days', { n: minutes / UNITS.days });
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t('ui.short.minutes', { n: rest });
  if (rest === 0) return t('ui.short.hours', { n: hours });
  return t('ui.short.hoursMinutes', { n: hours, m: String(rest).padStart(2, '0') });
}

interface MinutesFieldProps {
  label: string;
  /** Null: empty. */
  value: number | null;
  time?: TimeKind;
  invalid?: boolean;
  describedBy?: string;
  onChange: (minutes: number | null) => void;
}

interface Written {
  text: string;
  unit: Unit;
}

const written = (minutes: number | null, time: TimeKind): Written => {
  const unit = unitOf(minutes ?? UNITS.hours, time);
  return { text: minutes === null ? '' : String(minutes / UNITS[unit]).replace('.', ','), unit };
};

/** Null: nothing stands there. What is no number is 0, which is refused where it is sent. */
function minutesOf({ text, unit }: Written): number | null {
  const number = Number(text.replace(',', '.'));
  if (text.trim() === '') return null;
  return Number.isFinite(number) ? Math.round(number * UNITS[unit]) : 0;
}

/** A length of time: a number and its unit, as they were typed until the value becomes another. */
export function MinutesField({ label, value, time = 'business', invalid, describedBy, onChange }: MinutesFieldProps) {
  const [typed, setTyped] = useState(() => written(value, time));
  const units = (Object.keys(UNITS) as Unit[]).filter((one) => one !== 'days' || time === 'calendar');
  const shown = minutesOf(typed) === value && units.includes(typed.unit) ? typed : written(value, time);
  const write = (next: Written) => {
    setTyped(next);
    onChange(minutesOf(next));
  };
  return (
    <span className="rl-minutes">
      <input
        className="inp"
        dir="ltr"
        inputMode="decimal"
        maxLength={8}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        value={shown.text}
        onChange={(event) => write({ ...shown, text: event.target.value })}
      />
      <select
        className="inp"
        aria-label={t('rules.minutes.unit', { name: label })}
        value={shown.unit}
        onChange={(event) => write({ ...shown, unit: event.target.value as Unit })}
      >
        {units.map((one) => (
          <option key={one} value={one}>
            {t(`rules.minutes.${one}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
