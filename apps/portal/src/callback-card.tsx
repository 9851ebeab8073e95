import { useState } from 'react';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { cancelCallback, moveCallback, slotText, type Door, type OwnCallback } from './callbacks';
import { Icon } from './icon';
import { Title, useOwnHub } from './layout';
import { SlotChoice } from './slot-choice';
import { Refused } from './states';

interface CallbackCardProps {
  door: Door;
  callback: OwnCallback;
  onChange(open: OwnCallback | null): void;
}

/** What is promised, and how to change or withdraw it. */
export function CallbackCard({ door, callback, onChange }: CallbackCardProps) {
  const hub = useOwnHub();
  const [moves, setMoves] = useState(false);
  const [at, setAt] = useState('');
  const [state, setState] = useState<{ busy: boolean; problem: unknown }>({ busy: false, problem: null });
  const act = async (run: () => Promise<OwnCallback | null>) => {
    if (state.busy) return;
    setState({ busy: true, problem: null });
    try {
      onChange(await run());
      setMoves(false);
      setState({ busy: false, problem: null });
    } catch (problem) {
      setState({ busy: false, problem });
    }
  };
  return (
    <>
      <span className="done-mark" aria-hidden="true">
        <Icon name="check" size={32} />
      </span>
      <Title>{t('portal.callback.noted')}</Title>
      <p>
        {t('portal.callback.promise')} <b>{slotText({ from: callback.windowFrom, to: callback.windowTo })}</b>
      </p>
      <section className="card keep" aria-label={t('portal.callback.noted')}>
        <dl>
          {hub?.phone && (
            <>
              <dt>{t('portal.callback.from')}</dt>
              <dd>
                <Phone number={hub.phone} className="b" />
              </dd>
            </>
          )}
          <dt>{t('portal.callback.toNumber')}</dt>
          <dd>
            <Bidi>{callback.numberDisplay}</Bidi>
          </dd>
          <dt>{t('portal.field.reference')}</dt>
          <dd>
            <Bidi>{callback.reference}</Bidi>
          </dd>
          <dt>{t('portal.callback.state')}</dt>
          <dd>{t(`portal.callback.is.${callback.state}`)}</dd>
        </dl>
      </section>
      <p className="box">{t(callback.attempts > 0 ? 'portal.callback.tried' : 'portal.callback.again')}</p>
      {moves && (
        <>
          <SlotChoice door={door} value={at} set={setAt} />
          <button
            type="button"
            className="big p"
            disabled={at === ''}
            onClick={() => void act(() => moveCallback(door, callback, at))}
          >
            {t('portal.callback.save')}
          </button>
        </>
      )}
      <Refused problem={state.problem} />
      {callback.state === 'waiting' && (
        <>
          <button type="button" className="big s" aria-expanded={moves} onClick={() => setMoves(!moves)}>
            <Icon name="clock" size={20} />
            {t('portal.callback.change')}
          </button>
          <button
            type="button"
            className="big q"
            onClick={() => void act(() => cancelCallback(door, callback).then(() => null))}
          >
            {t('portal.callback.cancel')}
          </button>
        </>
      )}
    </>
  );
}
