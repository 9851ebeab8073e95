import { useState } from 'react';
import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useBase, useWrite } from '../forms/use-write';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { TwinTexts } from '../rules/twin-texts';
import type { Queue } from './routing-queries';

const NUMBERS = ['capacityCost', 'offerTimeoutSeconds', 'maxWaitSeconds', 'wrapUpSeconds'] as const;
const SHOWN = [
  '/code',
  '/nameFr',
  '/nameAr',
  '/overflowCode',
  '/overflowAfterSeconds',
  ...NUMBERS.map((one) => `/${one}`),
];
const EXISTS = { already_exists: 'rules.queues.exists' };

interface QueueDialogProps {
  hubId: string;
  /** Null: a new one. */
  queue: Queue | null;
  all: readonly Queue[];
  onClose: () => void;
}

type Form = Pick<Queue, (typeof NUMBERS)[number] | 'nameFr' | 'nameAr' | 'overflowCode' | 'overflowAfterSeconds'>;

const EMPTY: Form = {
  ...{
    nameFr: '',
    nameAr: '',
    capacityCost: null,
    offerTimeoutSeconds: null,
    maxWaitSeconds: null,
    wrapUpSeconds: null,
  },
  ...{ overflowCode: null, overflowAfterSeconds: null },
};

function formOf(queue: Queue): Form {
  const { nameFr, nameAr, capacityCost, offerTimeoutSeconds, maxWaitSeconds, wrapUpSeconds, ...rest } = queue;
  const { overflowCode, overflowAfterSeconds } = rest;
  return {
    nameFr,
    nameAr,
    capacityCost,
    offerTimeoutSeconds,
    maxWaitSeconds,
    wrapUpSeconds,
    overflowCode,
    overflowAfterSeconds,
  };
}

/** What a queue is called, what its work costs, how long it may wait and where it goes then. Empty: as the kind of work says. */
export function QueueDialog({ hubId, queue, all, onClose }: QueueDialogProps) {
  const [code, setCode] = useState('');
  const [form, setForm] = useState<Form>(queue ? formOf(queue) : EMPTY);
  const write = useWrite(['routing', 'queues'], SHOWN, EXISTS);
  const base = useBase(write, queue?.version ?? 0);
  const { busy, problem, faultOf, run } = write;
  const set = (part: Partial<Form>) => setForm({ ...form, ...part });
  const save = async () => {
    const done = await run(async () => {
      await (queue
        ? call(
            api.PATCH('/api/v1/queues/{id}', {
              params: { path: { id: queue.id }, header: { 'If-Match': ifMatch(base) } },
              body: form,
            }),
          )
        : call(api.POST('/api/v1/hubs/{id}/queues', { params: { path: { id: hubId } }, body: { code, ...form } })));
    });
    if (!done) return;
    toast({ text: t('rules.queues.done', { name: nameOf(form) }) });
    onClose();
  };
  return (
    <Dialog
      title={queue ? nameOf(queue) : t('rules.queues.new')}
      onClose={onClose}
      confirm={t('rules.queues.save')}
      onConfirm={() => void save()}
      busy={busy}
      problem={problem}
      wide
    >
      {!queue && (
        <Field label={t('rules.policy.code')} hint={t('rules.queues.codeHint')} error={faultOf('/code')}>
          {(control) => (
            <input
              {...control}
              className="inp"
              dir="ltr"
              maxLength={20}
              value={code}
              onChange={(event) => setCode(event.target.value.toUpperCase())}
            />
          )}
        </Field>
      )}
      <TwinTexts
        label={t('rules.closure.name')}
        values={{ fr: form.nameFr, ar: form.nameAr }}
        pointers={{ fr: '/nameFr', ar: '/nameAr' }}
        problem={write.refusal}
        maxLength={120}
        onChange={(language, text) => set(language === 'fr' ? { nameFr: text } : { nameAr: text })}
      />
      <div className="rl-twins">
        {NUMBERS.map((name) => (
          <NumberField
            key={name}
            label={t(`rules.queues.field.${name}`)}
            hint={t('rules.queues.empty')}
            error={faultOf(`/${name}`)}
            value={form[name]}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
      </div>
      <Overflow form={form} others={all.filter((one) => one.id !== queue?.id)} faultOf={faultOf} set={set} />
    </Dialog>
  );
}

interface OverflowProps {
  form: Form;
  others: readonly Queue[];
  faultOf: (pointer: string) => string | null;
  set: (part: Partial<Form>) => void;
}

/** Where what waits too long goes over to. */
function Overflow({ form, others, faultOf, set }: OverflowProps) {
  return (
    <div className="rl-twins">
      <Field label={t('rules.queues.overflow')} error={faultOf('/overflowCode')}>
        {(control) => (
          <select
            {...control}
            className="inp"
            value={form.overflowCode ?? ''}
            onChange={(event) => set({ overflowCode: event.target.value || null })}
          >
            <option value="">{t('rules.queues.stays')}</option>
            {others.map((one) => (
              <option key={one.id} value={one.code}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {form.overflowCode !== null && (
        <NumberField
          label={t('rules.queues.field.overflowAfterSeconds')}
          error={faultOf('/overflowAfterSeconds')}
          value={form.overflowAfterSeconds}
          onChange={(overflowAfterSeconds) => set({ overflowAfterSeconds })}
        />
      )}
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  hint?: string;
  error: string | null;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A whole number or nothing; what is no number is refused by the server at this field. */
function NumberField({ label, hint, error, value, onChange }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          className="inp"
          dir="ltr"
          inputMode="numeric"
          maxLength={6}
          value={value ?? ''}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, '');
            onChange(digits === '' ? null : Number(digits));
          }}
        />
      )}
    </Field>
  );
}
