import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { components } from '@app/contract/openapi';
import { detectLanguage } from '@app/domain/language';
import { ApiProblem, api, call } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Rich } from '@app/ui/rich';
import { CONTACT_WAYS, type ContactWay, type Draft, type StepProps } from '../ask-draft';
import { LanguageChoice, Option, TextField } from '../fields';
import { Icon, type IconName } from '../icon';
import { Title } from '../layout';
import { useLoad } from '../load';
import { nameOf } from '../portal-data';
import { sendAnonymously, sendSignedIn } from '../receipts';
import { useMe } from '../session';
import { Refused } from '../states';
import { filesAreGone } from '../uploads';

type PortalPromise = components['schemas']['PortalPromise'];

const WAY_ICON: Record<ContactWay, IconName> = { email: 'mail', phone: 'phone', here: 'eye' };
const MAIL = /^\S+@\S+\.\S{2,}$/;

/** Step 3: where the answer goes, and what is promised, before anything is sent. */
export function AskContact({ draft, change }: Omit<StepProps, 'next'>) {
  const [, go] = useLocation();
  const { data } = useMe();
  const me = data?.me ?? null;
  const promise = usePromise(draft);
  const [state, setState] = useState<{ sending: boolean; problem: unknown }>({ sending: false, problem: null });
  const field = fieldOf(state.problem);
  const type = (part: Partial<Draft>) => {
    change(part);
    if (state.problem) setState({ sending: false, problem: null });
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending) return;
    const wrong = me ? null : wrongField(draft);
    if (wrong) {
      setState({
        sending: false,
        problem: new ApiProblem('validation_failed', 0, [{ pointer: `/${wrong}`, code: 'required' }]),
      });
      document.getElementById(wrong)?.focus();
      return;
    }
    setState({ sending: true, problem: null });
    try {
      if (me) go(`/r/${await sendSignedIn(draft)}`, { replace: true });
      else {
        await sendAnonymously(draft);
        go('/sent', { replace: true });
      }
    } catch (problem) {
      if (filesAreGone(problem)) change({ files: [] });
      setState({ sending: false, problem: filesAreGone(problem) ? t('portal.files.gone') : problem });
    }
  };
  return (
    <form className="step" onSubmit={(event) => void send(event)} noValidate>
      <div className="wrap">
        <Title>{t(me ? 'portal.ask.title.ready' : 'portal.ask.title.3')}</Title>
        {!me && <Contact draft={draft} change={type} wrong={field} />}
        <PromiseBox promise={promise} />
        <p className="hint">{t('portal.ask.privacy')}</p>
        <Refused problem={field ? null : state.problem} />
      </div>
      <div className="act">
        <PromiseLine promise={promise} />
        <button className="big p" type="submit" aria-disabled={state.sending}>
          <Icon name="send" size={20} flip />
          {t(state.sending ? 'portal.sending' : 'portal.ask.send')}
        </button>
      </div>
    </form>
  );
}

function wrongField({ way, email, phone }: Draft): 'email' | 'phone' | null {
  if (way === 'email' && !MAIL.test(email.trim())) return 'email';
  if (way === 'phone' && phone.replace(/\D/g, '').length < 9) return 'phone';
  return null;
}

function fieldOf(problem: unknown): string | null {
  const pointer = problem instanceof ApiProblem ? problem.errors[0]?.pointer : undefined;
  return pointer === '/email' || pointer === '/phone' ? pointer.slice(1) : null;
}

function Contact({ draft, change, wrong }: Pick<StepProps, 'draft' | 'change'> & { wrong: string | null }) {
  const { way } = draft;
  return (
    <>
      <fieldset>
        <legend className="sr">{t('portal.ask.title.3')}</legend>
        <div className="opts">
          {CONTACT_WAYS.map((one) => (
            <Option key={one} name="way" checked={way === one} choose={() => change({ way: one })}>
              <Icon name={WAY_ICON[one]} />
              <span className="grow">{t(`portal.way.${one}`)}</span>
            </Option>
          ))}
        </div>
      </fieldset>
      {way === 'email' && (
        <TextField
          id="email"
          kind="email"
          label={t('portal.field.email')}
          value={draft.email}
          set={(email) => change({ email })}
          autoComplete="email"
          problem={wrong === 'email' ? t('portal.ask.missing.email') : null}
        />
      )}
      {way === 'phone' && (
        <TextField
          id="phone"
          kind="tel"
          label={t('portal.field.phone')}
          value={draft.phone}
          set={(phone) => change({ phone })}
          autoComplete="tel"
          maxLength={40}
          problem={wrong === 'phone' ? t('portal.ask.missing.phone') : null}
        />
      )}
      <TextField
        id="name"
        label={
          <>
            {t('portal.field.name')} <span className="mut light">{t('portal.optional')}</span>
          </>
        }
        value={draft.name}
        set={(name) => change({ name })}
        autoComplete="name"
      />
      <LanguageChoice
        label={t('portal.ask.language')}
        value={draft.answerLanguage}
        choose={(answerLanguage) => change({ answerLanguage })}
      />
    </>
  );
}

/** The hub that would answer and by when; a promise that cannot be had now holds nobody up. */
function usePromise({ categoryCode, placeCode, body }: Draft): PortalPromise | null {
  const { language } = detectLanguage(body);
  return useLoad(`promise ${categoryCode} ${placeCode} ${language}`, () =>
    call(api.POST('/api/v1/portal/promises', { body: { categoryCode, placeCode, language } })),
  ).data;
}

function PromiseBox({ promise }: { promise: PortalPromise | null }) {
  if (!promise) return null;
  return (
    <div className="prom">
      <Icon name="clock" size={24} />
      <div>
        {promise.firstResponse && (
          <>
            <span className="mut">{t('portal.promise.before')}</span>
            <DateTime at={promise.firstResponse.dueLocal} style="longTime" className="b due-date" />
          </>
        )}
        <span className="mut sm block">{t(`portal.promise.${promise.hubReason}`, { hub: nameOf(promise.hub) })}</span>
      </div>
    </div>
  );
}

/** The promise once more beside the button, where it is seen without scrolling. */
function PromiseLine({ promise }: { promise: PortalPromise | null }) {
  if (!promise?.firstResponse) return null;
  const date = <DateTime at={promise.firstResponse.dueLocal} style="longTime" className="b" />;
  return (
    <p className="act-promise">
      <Rich id="portal.due.before" parts={{ date }} />
    </p>
  );
}
