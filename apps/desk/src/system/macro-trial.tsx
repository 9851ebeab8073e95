import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserText } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';

/** The stored text as a ticket would fill it. */
export function MacroTrial({ macroId }: { macroId: string }) {
  const [ticket, setTicket] = useState('');
  const trial = useMutation({
    mutationFn: (language: 'fr' | 'ar') =>
      call(
        api.POST('/api/v1/tickets/{ticket}/macro-preview', {
          params: { path: { ticket: ticket.trim() } },
          body: { macroId, language },
        }),
      ),
  });
  return (
    <section className="card sys-trial stacked">
      <Field
        label={t('system.macro.trial')}
        hint={t('system.macro.trialHint')}
        error={trial.error ? problemText(trial.error) : null}
      >
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            value={ticket}
            onChange={(event) => setTicket(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className="sys-foot">
        {(['fr', 'ar'] as const).map((language) => (
          <Btn
            key={language}
            busy={trial.isPending}
            disabled={ticket.trim() === ''}
            onClick={() => trial.mutate(language)}
          >
            {t('system.twin', { label: t('system.common.preview'), language: t(`desk.lang.${language}`) })}
          </Btn>
        ))}
      </div>
      {trial.data && (
        <div role="status">
          <UserText text={trial.data.text} lang={trial.data.language} />
        </div>
      )}
    </section>
  );
}
