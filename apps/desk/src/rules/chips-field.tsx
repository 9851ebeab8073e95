import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '@app/ui/i18n';
import { Icon } from '../ui/icon';
import type { Option } from './vocabulary';

interface ChipsFieldProps {
  /** What is chosen, for screen readers. */
  label: string;
  /** Undefined: any word. */
  options: readonly Option[] | undefined;
  values: readonly string[];
  /** Words for what is wrong with the value at this place. */
  faultOf?: (at: number) => string | null;
  onChange: (values: string[]) => void;
}

/** Several of a list: what is chosen stands as chips that a key removes, the rest is offered below. */
export function ChipsField({ label, options, values, faultOf, onChange }: ChipsFieldProps) {
  const nameOf = (value: string) => options?.find((one) => one.value === value)?.label ?? value;
  return (
    <div className="rl-chips">
      {values.map((value, at) => {
        const fault = faultOf?.(at) ?? null;
        return (
          <span key={value} className={fault ? 'rl-chip bad' : 'rl-chip'} title={fault ?? undefined}>
            <bdi>{nameOf(value)}</bdi>
            <button
              type="button"
              aria-label={t('rules.chip.remove', { name: nameOf(value) })}
              onClick={() => onChange(values.filter((one) => one !== value))}
            >
              <Icon of={IconX} size={13} />
            </button>
          </span>
        );
      })}
      {options ? (
        <OptionSelect label={label} options={options} values={values} onChange={onChange} />
      ) : (
        <WordInput label={label} values={values} onChange={onChange} />
      )}
    </div>
  );
}

function OptionSelect({ label, options = [], values, onChange }: ChipsFieldProps) {
  const left = options.filter((one) => !values.includes(one.value));
  const groups = [...new Set(left.map((one) => one.group))];
  if (left.length === 0) return null;
  return (
    <select
      className="inp rl-add"
      aria-label={t('rules.chip.add', { name: label })}
      value=""
      onChange={(event) => onChange([...values, event.target.value])}
    >
      <option value="">{t('rules.chip.more')}</option>
      {groups.map((group) => {
        const shown = left
          .filter((one) => one.group === group)
          .map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ));
        return group === undefined ? (
          shown
        ) : (
          <optgroup key={group} label={group}>
            {shown}
          </optgroup>
        );
      })}
    </select>
  );
}

/** Enter adds the word. */
function WordInput({ label, values, onChange }: Omit<ChipsFieldProps, 'options'>) {
  const [word, setWord] = useState('');
  const add = () => {
    const text = word.trim();
    if (text && !values.includes(text)) onChange([...values, text]);
    setWord('');
  };
  return (
    <input
      className="inp rl-add"
      dir="ltr"
      maxLength={50}
      aria-label={t('rules.chip.add', { name: label })}
      placeholder={t('rules.chip.word')}
      value={word}
      onChange={(event) => setWord(event.target.value)}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        add();
      }}
    />
  );
}
