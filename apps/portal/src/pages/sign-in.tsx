import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { remember } from '../device';
import { TextField } from '../fields';
import { Mark } from '../icon';
import { LanguageLink, Page, Row, Title } from '../layout';
import { recallName, rememberNames } from '../own';
import { Refused } from '../states';

/** For members of an association that has an account. */
export function SignInPage() {
  const [, go] = useLocation();
  const [email, setEmail] = useState(recallName('email'));
  const [password, setPassword] = useState('');
  const [state, setState] = useState<{ sending: boolean; problem: unknown }>({ sending: false, problem: null });
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending) return;
    setState({ sending: true, problem: null });
    try {
      const session = await call(api.POST('/api/v1/sessions', { body: { email: email.trim(), password } }));
      remember('signedIn', true);
      rememberNames({ email: email.trim() });
      if (['member', 'manager'].includes(session.membership.role)) go('/my', { replace: true });
      else location.assign('/desk/');
    } catch (problem) {
      setState({ sending: false, problem });
    }
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
        <Title className="">{t('portal.signIn.title')}</Title>
        <p>{t('portal.signIn.lead')}</p>
      </div>
      <form className="wrap" onSubmit={(event) => void signIn(event)} noValidate>
        <TextField
          id="email"
          kind="email"
          label={t('portal.field.email')}
          value={email}
          set={setEmail}
          autoComplete="username"
        />
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
        <Refused problem={state.problem} />
        <button className="big p" type="submit" aria-disabled={state.sending}>
          {t(state.sending ? 'portal.opening' : 'portal.signIn.enter')}
        </button>
        <div className="lines">
          <Row href="/follow" icon="eye">
            {t('portal.signIn.follow')}
          </Row>
        </div>
      </form>
    </Page>
  );
}
