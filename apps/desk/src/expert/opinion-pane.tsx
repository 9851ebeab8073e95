import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import type { Consultation } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { Btn } from '../ui/button';
import { toast } from '../ui/toast-store';
import { SharedTicket } from './shared-ticket';
import { useLocalText } from './use-local-text';

/** The question, the ticket as far as it is lent, and the opinion. */
export function OpinionPane({ consultation, onClose }: { consultation: Consultation; onClose: () => void }) {
  const client = useQueryClient();
  const [text, setText] = useLocalText(`opinion:${consultation.id}`);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/v1/consultations/{id}/opinion', {
          params: { path: { id: consultation.id } },
          body: { body: text.trim() },
        }),
      ),
    onSuccess: () => {
      setText('');
      void client.invalidateQueries({ queryKey: ['consultations'] });
      toast({ text: t('desk.expert.opinionGiven') });
      onClose();
    },
    onError: (refusal) => setProblem(problemText(refusal)),
  });
  const send = () => {
    if (text.trim() && !answer.isPending) answer.mutate();
  };
  useCommands([{ id: 'write.send', key: 'mod+Enter', group: 'write', whileWriting: true, run: send }]);
  return (
    <SharedTicket of={consultation} onClose={onClose}>
      <section className="asked" aria-label={t('desk.consult.question')}>
        <p className="mut xs">
          {t('desk.expert.asks', { name: consultation.askedBy })} · {t('desk.consult.until')}{' '}
          <DateTime at={consultation.expiresAt} style="dateTime" />
        </p>
        <UserText text={consultation.question} />
      </section>
      <section className="comp" aria-label={t('desk.expert.opinion')}>
        <textarea
          className="ed"
          aria-label={t('desk.expert.opinion')}
          placeholder={t('desk.expert.opinionHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {problem && (
          <p className="alert warn" role="alert">
            {problem}
          </p>
        )}
        <div className="cf">
          <span className="xs mut">{t('desk.expert.opinionSeen')}</span>
          <Btn className="end" look="primary" disabled={!text.trim()} busy={answer.isPending} onClick={send}>
            {t('desk.expert.give')}
          </Btn>
        </div>
      </section>
    </SharedTicket>
  );
}
