import { useEffect, useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { t } from '@app/ui/i18n';
import { TextField } from '../fields';
import { Mark } from '../icon';
import { LanguageLink, Page, Row, Title } from '../layout';
import { recallName } from '../own';
import { askCode, isForPortal, signInWithCode, signInWithLink, signInWithPassword, type CodeAsked } from '../signing';
import { Refused } from '../states';

const MAIL = /^\S+@\S+\.\S{2,}$/;
type Session = Awaited<ReturnType<typeof signInWithCode>>;

interface Step {
  email: string;
  /** After a code was asked for. */
  asked: CodeAsked | null;
  password: boolean;
}

/** For members of an association: a code by e-mail first, its link second, the password third. */
export function SignInPage() {
  const [, go] = useLocation();
  const [step, setStep] = useState<Step>({ email: recallName('email'), asked: null, password: false });
  const link = /^#link=(.+)$/.exec(location.hash)?.[1];
  const opened = (session: Session) => {
    if (isForPortal(session)) go('/my', { replace: true });
    else location.assign('/desk/');
  };
  return (
    <Page title={t('portal.signIn.title')} header={null}>
      <div className="hero">
        <div className="row">
          <span className="grow">
            <Mark size={44} />
          </span>
          <LanguageLink className="lang on-blue" />
        </div>
        <Title className="">{t(step.asked ? 'portal.signIn.enterCode' : 'portal.signIn.title')}</Title>
        <p>{t(step.asked ? 'portal.signIn.codeSent' : 'portal.signIn.lead', { email: step.email })}</p>
      </div>
      {link ? (
        <LinkForm token={link} opened={opened} />
      ) : step.asked ? (
        <CodeForm step={step} set={setStep} opened={opened} asked={step.asked} />
      ) : (
        <MailForm step={step} set={setStep} opened={opened} />
      )}
    </Page>
  );
}

interface FormState {
  sending: boolean;
  problem: unknown;
}

/** One action at a time, with what was refused. */
function useAct(): [FormState, (act: () => Promise<void>) => Promise<void>, (problem: unknown) => void] {
  const [state, setState] = useState<FormState>({ sending: false, problem: null });
  const run = async (act: () => Promise<void>) => {
    if (state.sending) return;
    setState({ sending: true, problem: null });
    try {
      await act();
      setState({ sending: false, problem: null });
    } catch (problem) {
      setState({ sending: false, problem });
    }
  };
  return [state, run, (problem) => setState({ sending: false, problem })];
}

interface StepForm {
  step: Step;
  set(step: Step): void;
  opened(session: Session): void;
}

function MailForm({ step, set, opened }: StepForm) {
  const [password, setPassword] = useState('');
  const [state, run, refuse] = useAct();
  const email = step.email.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!MAIL.test(email)) return refuse(t('portal.ask.missing.email'));
    void run(async () => {
      if (step.password) opened(await signInWithPassword(email, password));
      else set({ ...step, email, asked: await askCode(email) });
    });
  };
  return (
    <form className="wrap" onSubmit={submit} noValidate>
      <TextField
        id="email"
        kind="email"
        label={t('portal.field.email')}
        value={step.email}
        set={(value) => set({ ...step, email: value })}
        autoComplete="username"
      />
      {step.password && (
        <TextField
          id="password"
          kind="password"
          label={t('portal.field.password')}
          value={password}
          set={setPassword}
          maxLength={128}
          autoComplete="current-password"
          enterKeyHint="go"
        />
      )}
      <Refused problem={state.problem} />
      <button className="big p" type="submit" aria-disabled={state.sending}>
        {t(state.sending ? 'portal.opening' : step.password ? 'portal.signIn.enter' : 'portal.signIn.sendCode')}
      </button>
      <button type="button" className="big q" onClick={() => set({ ...step, password: !step.password })}>
        {t(step.password ? 'portal.signIn.withCode' : 'portal.signIn.withPassword')}
      </button>
      <div className="lines">
        <Row href="/follow" icon="eye">
          {t('portal.signIn.follow')}
        </Row>
      </div>
    </form>
  );
}

function CodeForm({ step, set, opened, asked }: StepForm & { asked: CodeAsked }) {
  const [code, setCode] = useState('');
  const [state, run] = useAct();
  const [wait, setWait] = useState(asked.resendAfterSeconds);
  useEffect(() => {
    const timer = setInterval(() => setWait((left) => Math.max(0, left - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  const again = () =>
    run(async () => {
      const answer = await askCode(step.email);
      setWait(answer.resendAfterSeconds);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => opened(await signInWithCode(step.email, code)));
  };
  return (
    <form className="wrap" onSubmit={submit} noValidate>
      <TextField
        id="code"
        kind="digits"
        label={t('portal.signIn.code')}
        hint={t('portal.signIn.valid', { n: asked.expiresInMinutes })}
        value={code}
        set={setCode}
        maxLength={20}
        autoComplete="one-time-code"
        enterKeyHint="go"
      />
      <Refused problem={state.problem} />
      <button className="big p" type="submit" aria-disabled={state.sending}>
        {t(state.sending ? 'portal.opening' : 'portal.signIn.enter')}
      </button>
      <button type="button" className="big s" disabled={wait > 0} onClick={() => void again()}>
        {wait > 0 ? t('portal.signIn.wait', { n: wait }) : t('portal.signIn.again')}
      </button>
      <button type="button" className="big q" onClick={() => set({ ...step, asked: null })}>
        {t('portal.signIn.otherMail')}
      </button>
      <p className="box">{t('portal.signIn.never')}</p>
    </form>
  );
}

/** Opening the page uses nothing up: programs that look at links open them too. The button signs in. */
function LinkForm({ token, opened }: { token: string; opened(session: Session): void }) {
  const [state, run] = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const session = await signInWithLink(token);
      history.replaceState(null, '', location.pathname);
      opened(session);
    });
  };
  return (
    <form className="wrap" onSubmit={submit}>
      <p>{t('portal.signIn.link')}</p>
      <Refused problem={state.problem} />
      <button className="big p" type="submit" aria-disabled={state.sending}>
        {t(state.sending ? 'portal.opening' : 'portal.signIn.enter')}
      </button>
    </form>
  );
}
