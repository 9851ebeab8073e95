import { useState, type FormEvent } from 'react';
import { api, ApiProblem, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import type { Me } from './me';
import { MembershipChoice } from './membership-choice';

interface SignInFormProps {
  /** Fixed when a session is renewed: another account would find another's words on the screen. */
  email?: string;
  onDone: (me: Me) => void;
}

/** E-mail and password; with several memberships, which one to act in. The password is kept no longer than that. */
export function SignInForm({ email: fixed, onDone }: SignInFormProps) {
  const [email, setEmail] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [choice, setChoice] = useState<Me | null>(null);

  const open = async (membershipId?: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await call(api.POST('/api/v1/sessions', { body: { email: email.trim(), password, membershipId } }));
      const me = await call(api.GET('/api/v1/me'));
      if (!membershipId && me.memberships.length > 1) setChoice(me);
      else onDone(me);
    } catch (error) {
      setProblem(problemOfSignIn(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void open();
  };
  if (choice) return <MembershipChoice me={choice} busy={busy} problem={problem} onChoose={(id) => void open(id)} />;
  return (
    <form className="stacked" onSubmit={submit} noValidate>
      <Field label={t('desk.signin.email')}>
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            type="email"
            autoComplete="username"
            required
            readOnly={fixed !== undefined}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('desk.signin.password')} error={problem}>
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            type="password"
            autoComplete="current-password"
            required
            autoFocus={fixed !== undefined}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
      </Field>
      <Btn type="submit" look="primary" busy={busy} disabled={!email.trim() || !password}>
        {t('desk.signin.submit')}
      </Btn>
    </form>
  );
}

function problemOfSignIn(error: unknown): string {
  if (!(error instanceof ApiProblem)) return problemText(error);
  if (error.code === 'validation_failed' || error.code === 'invalid_credentials') return t('desk.signin.wrong');
  return problemText(error);
}
