import { Popover } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { dayOf, dayText } from './day-text';
import '../styles/forms.css';

const DayPicker = lazy(() => import('./day-picker').then((found) => ({ default: found.DayPicker })));

interface DateFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  /** `YYYY-MM-DD`, or nothing. */
  value: string;
  onChange: (day: string) => void;
  min?: string;
  max?: string;
}

/** One day, typed as `dd/mm/yyyy` from left to right in both languages, or picked; the browser's own language does not matter. */
export function DateField({ label, hint, error, value, onChange, min, max }: DateFieldProps) {
  const [typed, setTyped] = useState(dayText(value));
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setTyped((now) => (dayOf(now) === value ? now : dayText(value))), [value]);
  const isWrong = typed.trim() !== '' && dayOf(typed) === null;
  const pick = (day: string | null) => {
    setOpen(false);
    setTyped(dayText(day ?? ''));
    onChange(day ?? '');
  };
  return (
    <Field label={label} hint={hint} error={error ?? (isWrong ? t('forms.date.wrong') : null)}>
      {(control) => (
        <div className="date-field">
          <input
            {...control}
            className="inp"
            dir="ltr"
            inputMode="numeric"
            autoComplete="off"
            maxLength={10}
            placeholder={t('forms.date.pattern')}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              const day = dayOf(event.currentTarget.value);
              if (day !== null) onChange(day);
              else if (event.currentTarget.value.trim() === '') onChange('');
            }}
            onBlur={() => setTyped((now) => dayText(dayOf(now) ?? '') || now)}
          />
          <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus withinPortal={false}>
            <Popover.Target>
              <Btn
                square
                aria-label={t('forms.date.pick', { label })}
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                <Icon of={IconCalendar} />
              </Btn>
            </Popover.Target>
            <Popover.Dropdown>
              <Suspense fallback={<span aria-busy="true" className="day-picker-room" />}>
                <DayPicker value={value} onPick={pick} min={min} max={max} />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        </div>
      )}
    </Field>
  );
}
