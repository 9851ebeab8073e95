import { useState } from 'react';
import { api, call as ask } from '@app/ui/api';
import { screenLocale, t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Choices, Field } from '../ui/field';
import { Dialog } from '../ui/dialog';
import { toast } from '../ui/toast-store';
import { SlotField } from './slot-field';

/** A call that is promised to somebody; the answer reads the number back. */
export function NewCallback({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState({
    phone: '',
    name: '',
    subject: '',
    at: '',
    language: (screenLocale() === 'ar' ? 'ar' : 'fr') as 'fr' | 'ar',
  });
  const { busy, problem, faultOf, run } = useWrite(['callbacks'], ['/phone', '/name', '/subject']);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const save = () =>
    run(async () => {
      const { phone, name, subject, at, language } = form;
      const made = await ask(
        api.POST('/api/v1/callbacks', {
          body: {
            phone,
            language,
            ...(name.trim() ? { name: name.trim() } : {}),
            ...(subject.trim() ? { subject: subject.trim() } : {}),
            ...(at ? { at } : {}),
          },
        }),
      );
      toast({ text: t('calls.callbacks.made', { number: made.numberDisplay }) });
      onClose();
    });
  return (
    <Dialog
      title={t('calls.callbacks.new')}
      onClose={onClose}
      confirm={t('calls.callbacks.promiseIt')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!form.phone.trim()}
      problem={problem}
    >
      <Field label={t('calls.col.number')} error={faultOf('/phone')}>
        {(control) => (
          <input
            {...control}
            className="inp"
            type="tel"
            dir="ltr"
            maxLength={40}
            value={form.phone}
            onChange={(event) => set({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('calls.callbacks.name')} error={faultOf('/name')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={200}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('calls.subject')} error={faultOf('/subject')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={200}
            value={form.subject}
            onChange={(event) => set({ subject: event.target.value })}
          />
        )}
      </Field>
      <Choices
        label={t('calls.language')}
        value={form.language}
        onChange={(language) => set({ language })}
        options={(['ar', 'fr'] as const).map((value) => ({ value, label: t(`desk.lang.${value}`) }))}
      />
      <SlotField value={form.at} onChange={(at) => set({ at })} />
    </Dialog>
  );
}
