import { DatePicker, DatesProvider } from '@mantine/dates';
import { screenLocale, t } from '@app/ui/i18n';
import type { Locale } from '@app/ui/locale';
import 'dayjs/locale/ar-ma';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/fr';
import '@mantine/dates/styles.layer.css';

/** Names of months and days as the calendar's library calls its languages. */
const NAMES: Record<Locale, string> = { fr: 'fr', ar: 'ar-ma', en: 'en-gb' };
const MONDAY = 1;

interface DayPickerProps {
  value: string;
  onPick: (day: string | null) => void;
  min?: string;
  max?: string;
}

/** A month to pick a day from; it is loaded when somebody opens it. */
export function DayPicker({ value, onPick, min, max }: DayPickerProps) {
  return (
    <DatesProvider settings={{ locale: NAMES[screenLocale()], firstDayOfWeek: MONDAY }}>
      <DatePicker
        value={value || null}
        defaultDate={value || undefined}
        onChange={onPick}
        minDate={min}
        maxDate={max}
        ariaLabels={{
          nextMonth: t('forms.date.nextMonth'),
          previousMonth: t('forms.date.previousMonth'),
          nextYear: t('forms.date.nextYear'),
          previousYear: t('forms.date.previousYear'),
          nextDecade: t('forms.date.nextDecade'),
          previousDecade: t('forms.date.previousDecade'),
          monthLevelControl: t('forms.date.chooseMonth'),
          yearLevelControl: t('forms.date.chooseYear'),
        }}
      />
    </DatesProvider>
  );
}
