import { useState, type FormEvent } from 'react';
import { screenLocale, t } from '@app/ui/i18n';
import { ApiProblem } from '@app/ui/api';
import { askCallback, nationalOf, spoken, type Door, type OwnCallback, type Wish } from './callbacks';
import { LanguageChoice, TextField } from './fields';
import { Icon } from './icon';
import { recallName } from './own';
import { SlotChoice } from './slot-choice';
import { Refused } from './states';

interface CallbackFormProps {
  door: Door;
  onDone(open: OwnCallback): void;
}

const isOfPhone = (problem: unknown): boolean =>
  problem instanceof ApiProblem && problem.errors.some((one) => one.pointer === '/phone');

/** The number is read back while it is typed: one figure wrong, and nobody is reached. */
export function CallbackForm({ door, onDone }: CallbackFormProps) {
  const [wish, setWish] = useState<Wish>({
    phone: recallName('phone'),
    language: screenLocale() === 'ar' ? 'ar' : 'fr',
    subject: '',
    at: '',
  });
  const [state, setState] = useState<{ sending: boolean; problem: unknown }>({ sending: false, problem: null });
  const set = (part: Partial<Wish>) => {
    setWish({ ...wish, ...part });
    if (state.problem) setState({ sending: false, problem: null });
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending) return;
    if (wish.phone.replace(/\D/g, '').length < 9) return document.getElementById('phone')?.focus();
    setState({ sending: true, problem: null });
    try {
      onDone(await askCallback(door, wish));
      scrollTo(0, 0);
    } catch (problem) {
      setState({ sending: false, problem });
    }
  };
  const wrong = isOfPhone(state.problem);
  return (
    <form className="call-form" onSubmit={(event) => void send(event)} noValidate>
      <TextField
        id="phone"
        kind="tel"
        label={t('portal.callback.number')}
        value={wish.phone}
        set={(phone) => set({ phone })}
        autoComplete="tel"
        maxLength={40}
        problem={wrong ? t('portal.ask.missing.phone') : null}
      />
      <ReadBack typed={wish.phone} />
      <SlotChoice door={door} value={wish.at} set={(at) => set({ at })} />
      <LanguageChoice
        label={t('portal.callback.language')}
        value={wish.language}
        choose={(language) => set({ language })}
      />
      <TextField
        id="subject"
        label={
          <>
            {t('portal.callback.subject')} <span className="mut light">{t('portal.optional')}</span>
          </>
        }
        value={wish.subject}
        set={(subject) => set({ subject })}
      />
      <Refused problem={wrong ? null : state.problem} />
      <button className="big p" type="submit" aria-disabled={state.sending}>
        <Icon name="phone" size={20} />
        {t(state.sending ? 'portal.sending' : 'portal.callback.confirm')}
      </button>
    </form>
  );
}

function ReadBack({ typed }: { typed: string }) {
  const national = nationalOf(typed);
  return (
    <p className="hint" role="status">
      {national && spoken(national)}
    </p>
  );
}
