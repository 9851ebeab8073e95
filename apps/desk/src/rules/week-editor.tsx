import { WEEKDAYS, type WeekHours } from '@app/domain/calendar';
import { t } from '@app/ui/i18n';
import { IntervalsField } from './intervals-field';

interface WeekEditorProps {
  week: WeekHours;
  problem: unknown;
  pointer: string;
  onChange: (week: WeekHours) => void;
}

export function WeekEditor({ week, problem, pointer, onChange }: WeekEditorProps) {
  return (
    <div className="rl-days">
      {WEEKDAYS.map((day) => (
        <IntervalsField
          key={day}
          label={t(`rules.weekday.${day}`)}
          hours={week[day]}
          problem={problem}
          pointer={`${pointer}/${day}`}
          onChange={(hours) => onChange({ ...week, [day]: hours })}
        />
      ))}
    </div>
  );
}
