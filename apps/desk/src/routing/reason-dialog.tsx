import { useState } from 'react';
import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { CheckField } from '../forms/check-field';
import { useBase, useWrite } from '../forms/use-write';
import { TwinTexts } from '../rules/twin-texts';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import type { Reason } from './routing-queries';

const EXISTS = { already_exists: 'rules.reasons.exists' };

const EMPTY = { code: '', nameFr: '', nameAr: '', productive: false, active: true };
type Form = typeof EMPTY;

function useReason(hubId: string, reason: Reason | null, onClose: () => void) {
  const own = reason !== null && reason.hubId !== null ? reason : null;
  const { code, nameFr, nameAr, productive, active } = reason ?? EMPTY;
  const [form, setForm] = useState<Form>({ code, nameFr, nameAr, productive, active });
  const write = useWrite(['routing', 'reasons'], ['/code', '/nameFr', '/nameAr'], EXISTS);
  const base = useBase(write, own?.version ?? 0);
  const send = () => {
    const { code: written, active: inUse, ...rest } = form;
    if (!own) {
      const body = { code: written, ...rest };
      return call(api.POST('/api/v1/hubs/{id}/presence-reasons', { params: { path: { id: hubId } }, body }));
    }
    const params = { path: { id: own.id }, header: { 'If-Match': ifMatch(base) } };
    return call(api.PATCH('/api/v1/presence-reasons/{id}', { params, body: { ...rest, active: inUse } }));
  };
  const save = async () => {
    if (!(await write.run(async () => void (await send())))) return;
    toast({ text: t('rules.queues.done', { name: nameOf(form) }) });
    onClose();
  };
  return { own, form, set: (part: Partial<Form>) => setForm({ ...form, ...part }), write, save };
}

interface ReasonDialogProps {
  hubId: string;
  reason: Reason | null;
  onClose: () => void;
}

/** A new reason, the hub's own in the place of the programme's, or a change of the hub's own. */
export function ReasonDialog({ hubId, reason, onClose }: ReasonDialogProps) {
  const { own, form, set, write, save } = useReason(hubId, reason, onClose);
  return (
    <Dialog
      title={reason ? nameOf(reason) : t('rules.reasons.new')}
      onClose={onClose}
      confirm={t('rules.queues.save')}
      onConfirm={() => void save()}
      busy={write.busy}
      problem={write.problem}
    >
      {!reason && (
        <Field label={t('rules.policy.code')} hint={t('rules.reasons.codeHint')} error={write.faultOf('/code')}>
          {(control) => (
            <input
              {...control}
              className="inp"
              dir="ltr"
              maxLength={40}
              value={form.code}
              onChange={(event) => set({ code: event.target.value.toLowerCase() })}
            />
          )}
        </Field>
      )}
      <TwinTexts
        label={t('rules.closure.name')}
        values={{ fr: form.nameFr, ar: form.nameAr }}
        pointers={{ fr: '/nameFr', ar: '/nameAr' }}
        problem={write.refusal}
        maxLength={60}
        onChange={(language, text) => set(language === 'fr' ? { nameFr: text } : { nameAr: text })}
      />
      <CheckField
        label={t('rules.reasons.productive')}
        hint={t('rules.reasons.productiveHint')}
        checked={form.productive}
        onChange={(productive) => set({ productive })}
      />
      {own && (
        <CheckField label={t('rules.reasons.inUse')} checked={form.active} onChange={(active) => set({ active })} />
      )}
    </Dialog>
  );
}
