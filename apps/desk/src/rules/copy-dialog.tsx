import { useState } from 'react';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import type { Calendar } from './calendar-queries';
import { TwinTexts } from './twin-texts';

/** A hub that works by a calendar of others gets one of its own, which starts as a copy. */
export function CopyDialog({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const [form, setForm] = useState({ code: '', nameFr: '', nameAr: '' });
  const write = useWrite(['calendars'], ['/code', '/nameFr', '/nameAr']);
  const save = async () => {
    const done = await write.run(async () => {
      await call(api.POST('/api/v1/sla/calendars', { body: { fromId: calendar.id, ...form } }));
    });
    if (!done) return;
    toast({ text: t('rules.copy.done') });
    onClose();
  };
  return (
    <Dialog
      title={t('rules.copy.title')}
      onClose={onClose}
      confirm={t('rules.copy.save')}
      onConfirm={() => void save()}
      busy={write.busy}
      problem={write.problem}
    >
      <p>{t('rules.copy.text')}</p>
      <Field label={t('rules.policy.code')} hint={t('rules.copy.codeHint')} error={write.faultOf('/code')}>
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            maxLength={30}
            value={form.code}
            onChange={(event) => setForm({ ...form, code: event.target.value.toUpperCase() })}
          />
        )}
      </Field>
      <TwinTexts
        label={t('rules.closure.name')}
        values={{ fr: form.nameFr, ar: form.nameAr }}
        pointers={{ fr: '/nameFr', ar: '/nameAr' }}
        problem={write.refusal}
        maxLength={120}
        onChange={(language, text) =>
          setForm({ ...form, ...(language === 'fr' ? { nameFr: text } : { nameAr: text }) })
        }
      />
    </Dialog>
  );
}
