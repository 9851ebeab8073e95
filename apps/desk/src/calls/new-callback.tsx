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
      <Text
        label={t('calls.col.number')}
        error={faultOf('/phone')}
        type="tel"
        value={form.phone}
        onChange={(phone) => set({ phone })}
      />
      <Text
        label={t('calls.callbacks.name')}
        error={faultOf('/name')}
        value={form.name}
        onChange={(name) => set({ name })}
      />
      <Text
        label={t('calls.subject')}
        error={faultOf('/subject')}
        value={form.subject}
        onChange={(subject) => set({ subject })}
      />
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

interface TextProps {
  label: string;
  error: string | null;
  type?: 'tel';
  value: string;
  onChange: (value: string) => void;
}

function Text({ label, error, type, value, onChange }: TextProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          className={type ? 'inp' : 'inp said'}
          type={type ?? 'text'}
          dir={type ? 'ltr' : undefined}
          maxLength={type ? 40 : 200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
