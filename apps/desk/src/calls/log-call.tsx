import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { LANGUAGES } from '@app/domain/language';
import { api, call as ask } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { Choices, Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import { callWordsQuery } from './call-queries';
import { holdCall } from './live-calls';
import { CodeField, LanguageField } from './wrap-up-part';

const OUTCOMES = ['answered', 'not_reached', 'abandoned', 'voicemail'] as const;
const EMPTY = {
  phone: '',
  direction: 'in' as 'in' | 'out',
  outcome: 'answered' as (typeof OUTCOMES)[number],
  minutes: '',
  note: '',
  wrapUpCode: '',
  language: '',
};

type Form = typeof EMPTY;

/** Where no telephone system tells of calls: number, note, Ctrl and Enter. All else has a sensible value. */
export function LogCall({ onClose }: { onClose: () => void }) {
  const first = useRef<HTMLInputElement | null>(null);
  const [form, setForm] = useState(EMPTY);
  const { busy, problem, faultOf, run } = useWrite(['calls'], ['/phone', '/talkSeconds', '/note']);
  const set = (part: Partial<Form>) => setForm({ ...form, ...part });
  useEffect(() => first.current?.focus(), []);
  const save = () =>
    run(async () => {
      const made = await ask(api.POST('/api/v1/calls', { body: bodyOf(form) }));
      setForm(EMPTY);
      first.current?.focus();
      toast({ text: t('calls.log.done'), action: { label: t('calls.log.attach'), run: () => holdCall(made.id) } });
    });
  return (
    <form
      className="card calls-log"
      aria-label={t('calls.log.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <Field label={t('calls.col.number')} hint={t('calls.log.numberHint')} error={faultOf('/phone')}>
        {(control) => (
          <input
            {...control}
            ref={first}
            className="inp"
            type="tel"
            dir="ltr"
            maxLength={40}
            autoComplete="off"
            value={form.phone}
            onChange={(event) => set({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('calls.note')} hint={t('calls.noteHint')} error={faultOf('/note')}>
        {(control) => (
          <textarea
            {...control}
            className="inp said"
            maxLength={10_000}
            value={form.note}
            onChange={(event) => set({ note: event.target.value })}
          />
        )}
      </Field>
      <Later form={form} set={set} fault={faultOf('/talkSeconds')} />
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <Btn type="submit" look="primary" busy={busy}>
          {t('calls.log.save')}
        </Btn>
        <Btn onClick={onClose}>{t('desk.common.close')}</Btn>
      </div>
    </form>
  );
}

function bodyOf({ phone, direction, outcome, minutes, note, wrapUpCode, language }: Form) {
  const spoken = LANGUAGES.find((one) => one === language);
  return {
    direction,
    outcome,
    ...(phone.trim() ? { phone: phone.trim() } : {}),
    ...(outcome === 'answered' ? { talkSeconds: Math.round((Number(minutes) || 0) * 60) } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(wrapUpCode ? { wrapUpCode } : {}),
    ...(spoken ? { language: spoken } : {}),
  };
}

interface LaterProps {
  form: Form;
  set: (part: Partial<Form>) => void;
  fault: string | null;
}

/** What has a value before anybody touches it. */
function Later({ form, set, fault }: LaterProps) {
  const { data: words } = useQuery(callWordsQuery);
  return (
    <>
      <Choices
        label={t('calls.filter.direction')}
        value={form.direction}
        onChange={(direction) => set({ direction })}
        options={(['in', 'out'] as const).map((value) => ({ value, label: t(`calls.direction.${value}`) }))}
      />
      <Choices
        label={t('calls.col.outcome')}
        value={form.outcome}
        onChange={(outcome) => set({ outcome })}
        options={OUTCOMES.map((value) => ({ value, label: t(`calls.outcome.${value}`) }))}
      />
      <div className="calls-time">
        {form.outcome === 'answered' && (
          <Field label={t('calls.log.minutes')} error={fault}>
            {(control) => (
              <input
                {...control}
                className="inp"
                type="number"
                dir="ltr"
                min={0}
                max={1_440}
                step={1}
                value={form.minutes}
                onChange={(event) => set({ minutes: event.target.value })}
              />
            )}
          </Field>
        )}
        <CodeField
          label={t('calls.code')}
          codes={words?.wrapUpCodes}
          value={form.wrapUpCode}
          onChange={(wrapUpCode) => set({ wrapUpCode })}
        />
        <LanguageField value={form.language} onChange={(language) => set({ language })} />
      </div>
    </>
  );
}
