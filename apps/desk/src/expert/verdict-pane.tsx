import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { UserText } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { Validation } from '../data/queries';
import { Btn } from '../ui/button';
import { toast } from '../ui/toast-store';
import { SharedTicket } from './shared-ticket';
import { useLocalText } from './use-local-text';

/** A verdict on one version of the text: when it changed meanwhile, it is read anew. */
function useVerdict(validation: Validation, settled: () => void) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const params = { path: { id: validation.id }, header: { 'If-Match': ifMatch(validation.version) } };
  const refresh = () => void client.invalidateQueries({ queryKey: ['validations'] });
  const onError = (refusal: unknown) => {
    setProblem(problemText(refusal));
    refresh();
  };
  const done = (said: string) => {
    refresh();
    toast({ text: said });
    settled();
  };
  const approve = useMutation({
    mutationFn: () =>
      call(api.POST('/api/v1/validations/{id}/approval', { params, body: validation.stale ? { force: true } : {} })),
    onSuccess: () => done(t('desk.expert.approved')),
    onError,
  });
  const refuse = useMutation({
    mutationFn: (remarks: string) => call(api.POST('/api/v1/validations/{id}/refusal', { params, body: { remarks } })),
    onSuccess: () => done(t('desk.expert.refused')),
    onError,
  });
  return { approve, refuse, problem, busy: approve.isPending || refuse.isPending };
}

/** The answer that would leave, and the verdict on it. */
export function VerdictPane({ validation, onClose }: { validation: Validation; onClose: () => void }) {
  const [remarks, setRemarks] = useLocalText(`verdict:${validation.id}`);
  const { approve, refuse, problem, busy } = useVerdict(validation, () => {
    setRemarks('');
    onClose();
  });
  return (
    <SharedTicket of={validation} onClose={onClose}>
      <section className="asked" aria-label={t('desk.expert.draft')}>
        <p className="mut xs">
          {t('desk.expert.draftOf', { name: validation.author.name })} ·{' '}
          {t(`desk.expert.outcome.${validation.outcome}`)}
        </p>
        <div className="bub out-bub">
          <UserText text={validation.body} />
        </div>
        {validation.stale && <p className="alert warn">{t('desk.expert.stale')}</p>}
      </section>
      <section className="comp" aria-label={t('desk.expert.remarks')}>
        <textarea
          className="ed"
          aria-label={t('desk.expert.remarks')}
          placeholder={t('desk.expert.remarksHint')}
          maxLength={5_000}
          value={remarks}
          onChange={(event) => setRemarks(event.currentTarget.value)}
        />
        {problem && (
          <p className="alert warn" role="alert">
            {problem}
          </p>
        )}
        <div className="cf">
          <span className="xs mut">{t('desk.expert.verdictSeen')}</span>
          <span className="row end wrap">
            <Btn disabled={!remarks.trim()} busy={busy} onClick={() => refuse.mutate(remarks.trim())}>
              {t('desk.expert.refuse')}
            </Btn>
            <Btn look="primary" busy={busy} onClick={() => approve.mutate()}>
              {t(validation.stale ? 'desk.expert.approveStale' : 'desk.expert.approve')}
            </Btn>
          </span>
        </div>
      </section>
    </SharedTicket>
  );
}
