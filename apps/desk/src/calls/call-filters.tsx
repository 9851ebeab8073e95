import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '@app/ui/i18n';
import { colleaguesQuery, queuesQuery } from '../data/queries';
import { nameOf } from '../ui/names';
import { DateField } from '../forms/date-field';
import { Btn } from '../ui/button';
import { CALL_OUTCOMES, type CallSearch } from './call-search';

interface FiltersProps {
  search: CallSearch;
  onChange: (search: CallSearch) => void;
}

/** What is asked of the log; it stands in the address. */
export function CallFilters({ search, onChange }: FiltersProps) {
  const [phone, setPhone] = useState(search.phone ?? '');
  const set = (part: CallSearch) => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== '');
    onChange(Object.fromEntries(next));
  };
  return (
    <form
      className="calls-filters"
      role="search"
      aria-label={t('calls.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        set({ phone: phone.trim() });
      }}
    >
      <label className="field">
        {t('calls.col.number')}
        <input
          className="inp"
          type="tel"
          dir="ltr"
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
          onBlur={() => phone.trim() !== (search.phone ?? '') && set({ phone: phone.trim() })}
        />
      </label>
      <Select
        label={t('calls.filter.direction')}
        value={search.direction ?? ''}
        options={(['in', 'out'] as const).map((one) => [one, t(`calls.direction.${one}`)])}
        onChange={(value) => set({ direction: (['in', 'out'] as const).find((one) => one === value) })}
      />
      <OutcomeSelect search={search} set={set} />
      <PlaceSelects search={search} set={set} />
      <Select
        label={t('calls.col.ticket')}
        value={search.attached === undefined ? '' : String(search.attached)}
        options={[
          ['true', t('calls.filter.attached')],
          ['false', t('calls.filter.loose')],
        ]}
        onChange={(value) => set({ attached: value === '' ? undefined : value === 'true' })}
      />
      {(['from', 'to'] as const).map((key) => (
        <DateField
          key={key}
          label={t(`calls.filter.${key}`)}
          value={search[key] ?? ''}
          onChange={(day) => set({ [key]: day || undefined })}
        />
      ))}
      {Object.keys(search).length > 0 && <Btn onClick={() => onChange({})}>{t('calls.filter.reset')}</Btn>}
    </form>
  );
}

interface PartProps {
  search: CallSearch;
  set: (part: CallSearch) => void;
}

function OutcomeSelect({ search: { outcome }, set }: PartProps) {
  return (
    <Select
      label={t('calls.col.outcome')}
      value={outcome ? (outcome.length === 1 ? outcome[0] : 'several') : ''}
      options={[
        ...CALL_OUTCOMES.map((one): [string, string] => [one, t(`calls.outcome.${one}`)]),
        ...(outcome && outcome.length > 1 ? [['several', t('calls.filter.several')] as [string, string]] : []),
      ]}
      onChange={(value) =>
        set({
          outcome: CALL_OUTCOMES.filter((one) => one === value).slice(0, 1),
          ...(value ? {} : { outcome: undefined }),
        })
      }
    />
  );
}

/** In which queue, and in whose hands. */
function PlaceSelects({ search, set }: PartProps) {
  const { data: queues } = useQuery(queuesQuery);
  const { data: colleagues } = useQuery(colleaguesQuery);
  return (
    <>
      <Select
        label={t('calls.telephony.queue')}
        value={search.queueCode ?? ''}
        options={queues?.items.map((one) => [one.code, nameOf(one)] as const) ?? []}
        onChange={(queueCode) => set({ queueCode })}
      />
      <Select
        label={t('calls.col.agent')}
        value={search.agentId ?? ''}
        options={colleagues?.items.map((one) => [one.accountId, one.name] as const) ?? []}
        onChange={(agentId) => set({ agentId })}
      />
    </>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <label className="field">
      {label}
      <select className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('calls.filter.any')}</option>
        {options.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
