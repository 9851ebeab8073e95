import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call as ask, ifMatch, problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { useWrite } from '../forms/use-write';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { callbackQuery, type CallbackDetail } from './call-queries';
import { Window } from './call-bits';
import { SlotField } from './slot-field';

const OUTCOMES = ['reached', 'no_answer', 'busy', 'unavailable', 'wrong_number', 'refused'] as const;

/** One call that is owed: dial, say how it went, change or withdraw it. */
export function CallbackDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error } = useQuery(callbackQuery(id));
  return (
    <Dialog
      title={data ? t('calls.callbacks.of', { reference: data.reference }) : t('calls.callbacks.title')}
      onClose={onClose}
      wide
    >
      {error && <p className="alert warn">{problemText(error)}</p>}
      {data && <Detail callback={data} />}
    </Dialog>
  );
}

function Detail({ callback }: { callback: CallbackDetail }) {
  return (
    <>
      <div>
        <Phone number={callback.number} link className="callback-number b" />
        {callback.subject && <UserLine text={callback.subject} />}
        <p className="mut sm">
          {t('calls.callbacks.window')} <Window from={callback.windowFrom} to={callback.windowTo} /> ·{' '}
          {t(`desk.lang.${callback.language}`)}
        </p>
        {callback.state === 'waiting' && (
          <p className="mut sm">
            {t('calls.callbacks.next')} <DateTime at={callback.nextTryAt} style="near" />
          </p>
        )}
      </div>
      {callback.state === 'waiting' && <Waiting callback={callback} />}
      {callback.state === 'calling' && <Calling callback={callback} />}
      <Attempts callback={callback} />
    </>
  );
}

const CHANGES = ['callbacks', 'offers', 'work', 'presence'];

function Problem({ text }: { text: string | null }) {
  return (
    text && (
      <p className="alert warn" role="alert">
        {text}
      </p>
    )
  );
}

/** Nobody is calling: one may, within the time that was promised. */
function Waiting({ callback }: { callback: CallbackDetail }) {
  const [changes, setChanges] = useState(false);
  const { busy, problem, run } = useWrite(CHANGES);
  const params = { path: { id: callback.id } };
  const dial = () => void run(async () => void (await ask(api.POST('/api/v1/callbacks/{id}/attempts', { params }))));
  const cancel = () =>
    void run(async () => void (await ask(api.POST('/api/v1/callbacks/{id}/cancellation', { params }))));
  return (
    <>
      <Problem text={problem} />
      <div className="row wrap">
        <Btn look="primary" busy={busy} disabled={!callback.mayDial} onClick={dial}>
          {t('calls.callbacks.dial')}
        </Btn>
        <Btn onClick={() => setChanges(!changes)} aria-expanded={changes}>
          {t('calls.callbacks.change')}
        </Btn>
        <Btn busy={busy} onClick={cancel}>
          {t('calls.callbacks.cancel')}
        </Btn>
        {!callback.mayDial && <span className="mut sm">{t('calls.callbacks.notNow')}</span>}
      </div>
      {changes && <Change callback={callback} onDone={() => setChanges(false)} />}
    </>
  );
}

/** Somebody is calling: who it is says how it went. */
function Calling({ callback }: { callback: CallbackDetail }) {
  const { accountId } = useMe();
  const { busy, problem, run } = useWrite(CHANGES);
  const running = callback.attemptList.find((one) => one.endedAt === null);
  if (running && running.agent.id !== accountId) {
    return <p className="alert">{t('calls.callbacks.other', { name: running.agent.name })}</p>;
  }
  const params = { path: { id: callback.id } };
  const end = (outcome: (typeof OUTCOMES)[number]) =>
    void run(async () => void (await ask(api.POST('/api/v1/callbacks/{id}/outcome', { params, body: { outcome } }))));
  return (
    <fieldset className="field callback-ends">
      <legend className="b">{t('calls.callbacks.how')}</legend>
      <Problem text={problem} />
      <div className="row wrap">
        {OUTCOMES.map((one) => (
          <Btn key={one} look={one === 'reached' ? 'primary' : 'plain'} busy={busy} onClick={() => end(one)}>
            {t(`calls.attempt.${one}`)}
          </Btn>
        ))}
      </div>
    </fieldset>
  );
}

function Change({ callback, onDone }: { callback: CallbackDetail; onDone: () => void }) {
  const [at, setAt] = useState('');
  const { busy, problem, run } = useWrite(['callbacks']);
  const save = async () => {
    const done = await run(async () => {
      await ask(
        api.PATCH('/api/v1/callbacks/{id}', {
          params: { path: { id: callback.id }, header: { 'If-Match': ifMatch(callback.version) } },
          body: { at },
        }),
      );
    });
    if (done) onDone();
  };
  return (
    <div className="stacked">
      <SlotField value={at} onChange={setAt} />
      <Problem text={problem} />
      <Btn busy={busy} disabled={!at} onClick={() => void save()}>
        {t('calls.callbacks.saveTime')}
      </Btn>
    </div>
  );
}

function Attempts({ callback }: { callback: CallbackDetail }) {
  if (callback.attemptList.length === 0) return <p className="mut sm">{t('calls.callbacks.noAttempt')}</p>;
  return (
    <ol className="facts">
      {callback.attemptList.map((one) => (
        <li key={one.id}>
          <DateTime at={one.startedAt} style="dateTime" />
          <UserLine text={one.agent.name} className="grow" />
          <span>{t(`calls.attempt.${one.outcome ?? 'running'}`)}</span>
        </li>
      ))}
    </ol>
  );
}
