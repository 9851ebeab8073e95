import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { CalendarDefinition, DatedOverride } from '@app/domain/calendar';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { dayBefore } from '../supervise/report-search';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { DayField } from './day-field';
import { faultAt } from './fault';
import { FaultLine } from './fault-line';
import { IntervalsField } from './intervals-field';
import { TwinTexts } from './twin-texts';
import { WeekEditor } from './week-editor';

const OWN = 'own-';
const noon = (date: string): string => `${date}T12:00:00Z`;

interface CalendarEditorProps {
  definition: CalendarDefinition;
  problem: unknown;
  onChange: (part: Partial<CalendarDefinition>) => void;
}

/** Hours of the week and of seasons, days with hours of their own, days off. */
export function CalendarEditor({ definition, problem, onChange }: CalendarEditorProps) {
  const { week, seasons } = definition;
  return (
    <>
      <section className="card rl-card">
        <h2>{t('rules.week.title')}</h2>
        <div className="rl-pad">
          <WeekEditor
            week={week}
            problem={problem}
            pointer="/definition/week"
            onChange={(next) => onChange({ week: next })}
          />
          <FaultLine text={faultAt(problem, '/definition/week')} />
        </div>
      </section>
      {seasons.map((season, at) =>
        season.to < dayBefore(0) ? null : (
          <details key={season.key} className="card rl-card">
            <summary className="rl-summary">
              {t('rules.week.ofSeason', { name: nameOf(season) })}{' '}
              <span className="mut">
                <DateTime at={noon(season.from)} /> {t('rules.week.until')} <DateTime at={noon(season.to)} />
              </span>
            </summary>
            <div className="rl-pad">
              <WeekEditor
                week={season.week}
                problem={problem}
                pointer={`/definition/seasons/${at}`}
                onChange={(next) =>
                  onChange({ seasons: seasons.map((one, i) => (i === at ? { ...one, week: next } : one)) })
                }
              />
            </div>
          </details>
        ),
      )}
      <Overrides {...{ definition, problem, onChange }} />
      <DaysOff {...{ definition, problem, onChange }} />
    </>
  );
}

function Overrides({ definition: { overrides }, problem, onChange }: CalendarEditorProps) {
  const set = (at: number, next: DatedOverride | null) =>
    onChange({ overrides: overrides.flatMap((one, i) => (i === at ? (next ? [next] : []) : [one])) });
  return (
    <section className="card rl-card">
      <h2>{t('rules.override.title')}</h2>
      <div className="stacked">
        {overrides.map((one, at) => (
          <div key={at} className="rl-step">
            <div className="row">
              <DayField
                label={t('rules.closure.date')}
                value={one.date}
                error={faultAt(problem, `/definition/overrides/${at}/date`)}
                onChange={(date) => set(at, { ...one, date })}
              />
              <RemoveButton label={t('rules.override.remove', { n: at + 1 })} onClick={() => set(at, null)} />
            </div>
            <Names
              of={one}
              pointer={`/definition/overrides/${at}`}
              problem={problem}
              onChange={(names) => set(at, { ...one, ...names })}
            />
            <IntervalsField
              label={t('rules.week.hours')}
              hours={one.intervals}
              problem={problem}
              pointer={`/definition/overrides/${at}/intervals`}
              onChange={(intervals) => set(at, { ...one, intervals })}
            />
          </div>
        ))}
        <AddButton
          label={t('rules.override.add')}
          onClick={() =>
            onChange({
              overrides: [
                ...overrides,
                { date: dayBefore(-7), intervals: [['09:00', '12:00']], nameFr: '', nameAr: '' },
              ],
            })
          }
        />
      </div>
    </section>
  );
}

/** Days off that this hub or programme adds; those that are known are confirmed and moved in their own list. */
function DaysOff({ definition: { closures }, problem, onChange }: CalendarEditorProps) {
  const shown = closures
    .map((one, at) => ({ one, at }))
    .filter(({ one }) => one.date >= dayBefore(0) && one.key.startsWith(OWN));
  const set = (at: number, next: (typeof closures)[number] | null) =>
    onChange({ closures: closures.flatMap((one, i) => (i === at ? (next ? [next] : []) : [one])) });
  return (
    <section className="card rl-card">
      <h2>{t('rules.off.title')}</h2>
      <div className="stacked">
        {shown.map(({ one, at }) => (
          <div key={one.key} className="rl-step">
            <div className="row">
              <DayField
                label={t('rules.closure.date')}
                value={one.date}
                error={faultAt(problem, `/definition/closures/${at}/date`)}
                onChange={(date) => set(at, { ...one, date })}
              />
              <RemoveButton label={t('rules.off.remove', { name: nameOf(one) })} onClick={() => set(at, null)} />
            </div>
            <Names
              of={one}
              pointer={`/definition/closures/${at}`}
              problem={problem}
              onChange={(names) => set(at, { ...one, ...names })}
            />
          </div>
        ))}
        <AddButton
          label={t('rules.off.add')}
          onClick={() =>
            onChange({
              closures: [
                ...closures,
                {
                  date: dayBefore(-7),
                  key: `${OWN}${Date.now().toString(36)}`,
                  nameFr: '',
                  nameAr: '',
                  status: 'confirmed',
                },
              ],
            })
          }
        />
      </div>
    </section>
  );
}

interface NamesProps {
  of: { nameFr: string; nameAr: string };
  pointer: string;
  problem: unknown;
  onChange: (names: { nameFr?: string; nameAr?: string }) => void;
}

function Names({ of, pointer, problem, onChange }: NamesProps) {
  return (
    <TwinTexts
      label={t('rules.closure.name')}
      values={{ fr: of.nameFr, ar: of.nameAr }}
      pointers={{ fr: `${pointer}/nameFr`, ar: `${pointer}/nameAr` }}
      problem={problem}
      onChange={(language, text) => onChange(language === 'fr' ? { nameFr: text } : { nameAr: text })}
    />
  );
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Btn square small look="quiet" className="end" aria-label={label} onClick={onClick}>
      <Icon of={IconTrash} size={16} />
    </Btn>
  );
}

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <div>
      <Btn small onClick={onClick}>
        <Icon of={IconPlus} size={15} />
        {label}
      </Btn>
    </div>
  );
}
