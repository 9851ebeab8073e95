import { IconPlus, IconTrash } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { ChipsField } from './chips-field';
import { faultAt } from './fault';
import { FaultLine } from './fault-line';
import type { Vocabulary } from './vocabulary';

interface Row {
  field: string;
  values: readonly (string | boolean)[];
}

interface ConditionRowsProps<F extends string> {
  fields: readonly F[];
  conditions: readonly Row[];
  vocabulary: Vocabulary;
  problem: unknown;
  /** Where the list lies in the body. */
  pointer: string;
  onChange: (conditions: { field: F; op: 'in'; values: string[] }[]) => void;
}

/** All must hold; of the values of one, any. No condition: everything. */
export function ConditionRows<F extends string>(props: ConditionRowsProps<F>) {
  const { fields, conditions, vocabulary, problem, pointer, onChange } = props;
  const rows = conditions.map(({ field, values }) => ({
    field: field as F,
    op: 'in' as const,
    values: values.map(String),
  }));
  const change = (at: number, row: (typeof rows)[number] | null) =>
    onChange(rows.flatMap((one, i) => (i === at ? (row ? [row] : []) : [one])));
  const next = fields.find((field) => !rows.some((one) => one.field === field)) ?? fields[0];
  return (
    <div className="stacked">
      {rows.length === 0 && <p className="mut sm">{t('rules.condition.none')}</p>}
      {rows.map((row, at) => (
        <div key={at} className="rl-row" role="group" aria-label={t('rules.condition.nth', { n: at + 1 })}>
          <select
            className="inp rl-narrow"
            aria-label={t('rules.condition.field')}
            aria-invalid={faultAt(problem, `${pointer}/${at}/field`) !== null || undefined}
            value={row.field}
            onChange={(event) => change(at, { field: event.target.value as F, op: 'in', values: [] })}
          >
            {fields.map((field) => (
              <option key={field} value={field}>
                {t(`rules.field.${field}`)}
              </option>
            ))}
          </select>
          <div className="grow">
            <ChipsField
              label={t(`rules.field.${row.field}`)}
              options={vocabulary[row.field]}
              values={row.values}
              faultOf={(place) => faultAt(problem, `${pointer}/${at}/values/${place}`)}
              onChange={(values) => change(at, { ...row, values })}
            />
            <FaultLine text={faultAt(problem, `${pointer}/${at}`, true)} />
          </div>
          <Btn
            square
            small
            look="quiet"
            aria-label={t('rules.condition.remove', { n: at + 1 })}
            onClick={() => change(at, null)}
          >
            <Icon of={IconTrash} size={16} />
          </Btn>
        </div>
      ))}
      <FaultLine text={faultAt(problem, pointer)} />
      <div>
        <Btn small onClick={() => onChange([...rows, { field: next, op: 'in', values: [] }])}>
          <Icon of={IconPlus} size={15} />
          {t('rules.condition.add')}
        </Btn>
      </div>
    </div>
  );
}
