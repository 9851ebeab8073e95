import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBellOff, IconPhoneIncoming } from '@tabler/icons-react';
import { api, call as ask, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';
import { CallNumber, Running, WhoCalls } from './call-bits';
import type { Call } from './live-calls';

interface RingingCallProps {
  call: Call;
  /** When our own engine distributes it. */
  offerId: string | null;
  silent: boolean;
  mayTake: boolean;
  onUnlock: () => void;
  onTake: () => void;
  onPass: () => void;
}

/** Who calls, and the two things one can do. It takes no focus: somebody is writing. */
export function RingingCall({ call, offerId, silent, mayTake, onUnlock, onTake, onPass }: RingingCallProps) {
  const client = useQueryClient();
  const settle = () => {
    for (const key of ['offers', 'work', 'presence', 'calls']) void client.invalidateQueries({ queryKey: [key] });
  };
  const answer = useMutation({
    mutationFn: async (taken: boolean) => {
      if (!offerId) return;
      const params = { path: { id: offerId } };
      if (taken) await ask(api.POST('/api/v1/offers/{id}/accept', { params }));
      else await ask(api.POST('/api/v1/offers/{id}/decline', { params }));
    },
    onSuccess: (_, taken) => (taken ? onTake() : onPass()),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: settle,
  });
  const labels = [`ringing-${call.id}`, `ringing-${call.id}-number`];
  return (
    <section className="callp-ring" aria-labelledby={labels.join(' ')}>
      <div className="row">
        <Icon of={IconPhoneIncoming} size={20} />
        <b className="grow" id={labels[0]}>
          {t('calls.ringing')}
        </b>
        <Running since={call.startedAt} until={null} />
      </div>
      <div id={labels[1]}>
        <CallNumber call={call} className="callp-number" />
      </div>
      <div className="callp-who">
        <WhoCalls call={call} />
        {call.caller.earlierCalls > 0 && (
          <span className="sm">{t('calls.earlier', { n: call.caller.earlierCalls })}</span>
        )}
      </div>
      <div className="row">
        <Btn
          className="grow callp-take"
          data-first
          busy={answer.isPending}
          disabled={!mayTake}
          onClick={() => answer.mutate(true)}
        >
          {t('calls.take')}
        </Btn>
        <Btn className="callp-pass" busy={answer.isPending} onClick={() => answer.mutate(false)}>
          {t('calls.pass')}
        </Btn>
      </div>
      <p className="xs">{t(offerId ? 'calls.takeOffer' : 'calls.takeHint')}</p>
      {silent && (
        <Btn small className="callp-pass" onClick={onUnlock}>
          <Icon of={IconBellOff} size={15} />
          {t('calls.unlock')}
        </Btn>
      )}
    </section>
  );
}
