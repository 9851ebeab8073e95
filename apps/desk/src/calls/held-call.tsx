import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useUnsaved } from '../forms/use-unsaved';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { AttachPart } from './attach-part';
import { CallNumber, Running } from './call-bits';
import { callQuery, callWordsQuery } from './call-queries';
import { CallerPart } from './caller-part';
import { ConsentPart } from './consent-part';
import { holdCall, type Call } from './live-calls';
import { EMPTY_WRAP, type Wrap } from './wrap';
import { WrapUpPart } from './wrap-up-part';

/** The call in hand, from the first word until it is written up. */
export function HeldCall({ id }: { id: string }) {
  const { data: call, error } = useQuery(callQuery(id));
  const { data: words } = useQuery(callWordsQuery);
  const [kept, keep] = useUnsaved<Wrap>(`call.${id}`);
  const draft = kept ?? wrapOf(call);
  const set = (part: Partial<Wrap>) => keep({ ...draft, ...part });
  const close = () => {
    keep(null);
    holdCall(null);
  };
  if (!call) {
    return (
      <div className="callp-body">
        {error && <p className="alert warn">{problemText(error)}</p>}
        <Btn onClick={close}>{t('desk.common.close')}</Btn>
      </div>
    );
  }
  return (
    <>
      <CallHead call={call} onClose={close} />
      <div className="callp-body">
        <CallerPart call={call} words={words} />
        <AttachPart call={call} words={words} draft={draft} set={set} />
        <WrapUpPart call={call} words={words} draft={draft} set={set} onDone={close} />
        <ConsentPart call={call} words={words} language={draft.language} />
      </div>
    </>
  );
}

function wrapOf(call: Call | undefined): Wrap {
  if (!call) return EMPTY_WRAP;
  const { note, wrapUpCode, disposition, language } = call;
  return { note: note ?? '', wrapUpCode: wrapUpCode ?? '', disposition: disposition ?? '', language: language ?? '' };
}

function CallHead({ call, onClose }: { call: Call; onClose: () => void }) {
  const state =
    call.state === 'ended' ? 'ended' : call.state === 'held' ? 'held' : call.answeredAt ? 'active' : 'ringing';
  return (
    <header className="callp-head">
      <div className="row">
        <span className={state === 'active' ? 'dot' : 'dot break'} />
        <b className="grow">{t(`calls.panel.${state}`)}</b>
        <Running since={call.answeredAt ?? call.startedAt} until={call.endedAt} />
        {state === 'ended' && (
          <Btn
            square
            small
            className="callp-pass"
            aria-label={t('calls.later')}
            title={t('calls.later')}
            onClick={onClose}
          >
            <Icon of={IconX} size={16} />
          </Btn>
        )}
      </div>
      <CallNumber call={call} className="callp-number" />
    </header>
  );
}
