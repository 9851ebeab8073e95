import { useState, type FormEvent } from 'react';
import type { components } from '@app/contract/openapi';
import { ApiProblem, api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { TextField } from '../fields';
import { Refused } from '../states';

export type Association = components['schemas']['AssociationView'];

interface FormProps {
  association: Association;
  saved(association: Association): void;
  reload(): Promise<void>;
}

interface Values {
  commune: string;
  members: string;
  employees: string;
}

const valuesOf = ({ commune, members, employees }: Association): Values => ({
  commune: commune ?? '',
  members: members === null ? '' : String(members),
  employees: employees === null ? '' : String(employees),
});

/** Null for an empty field, NaN for what is no whole number. */
function countOf(text: string): number | null {
  const digits = text.trim().replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  if (digits === '') return null;
  return /^\d{1,7}$/.test(digits) ? Number(digits) : NaN;
}

/** What the association's manager keeps up to date; names and receipts are the hub's to check. */
export function AssociationForm({ association, saved, reload }: FormProps) {
  const [values, setValues] = useState(() => valuesOf(association));
  const [state, setState] = useState<{ sending: boolean; done: boolean; problem: unknown }>({
    sending: false,
    done: false,
    problem: null,
  });
  const counts = { members: countOf(values.members), employees: countOf(values.employees) };
  const set = (change: Partial<Values>) => {
    setValues({ ...values, ...change });
    setState({ sending: false, done: false, problem: null });
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending || Number.isNaN(counts.members) || Number.isNaN(counts.employees)) return;
    setState({ sending: true, done: false, problem: null });
    try {
      const changed = await call(
        api.PATCH('/api/v1/associations/{id}', {
          params: { path: { id: association.id }, header: { 'If-Match': ifMatch(association.version) } },
          body: { commune: values.commune.trim() || null, ...counts },
        }),
      );
      saved(changed);
      setValues(valuesOf(changed));
      setState({ sending: false, done: true, problem: null });
    } catch (problem) {
      setState({ sending: false, done: false, problem });
      if (problem instanceof ApiProblem && problem.code === 'precondition_failed') await reload();
    }
  };
  const wrong = (count: number | null) => (Number.isNaN(count) ? t('portal.association.number') : null);
  return (
    <form className="card form" onSubmit={(event) => void save(event)} noValidate>
      <h2 className="sec">{t('portal.association.update')}</h2>
      <TextField
        id="commune"
        label={t('portal.association.commune')}
        value={values.commune}
        set={(commune) => set({ commune })}
      />
      <TextField
        id="members"
        kind="code"
        label={t('portal.association.count')}
        value={values.members}
        set={(members) => set({ members })}
        maxLength={7}
        problem={wrong(counts.members)}
      />
      <TextField
        id="employees"
        kind="code"
        label={t('portal.association.employees')}
        value={values.employees}
        set={(employees) => set({ employees })}
        maxLength={7}
        problem={wrong(counts.employees)}
      />
      <Refused problem={state.problem} />
      <button className="big s" type="submit" aria-disabled={state.sending}>
        {t(state.sending ? 'portal.sending' : 'portal.save')}
      </button>
      <p role="status" className="mut sm">
        {state.done ? t('portal.saved') : ''}
      </p>
    </form>
  );
}
