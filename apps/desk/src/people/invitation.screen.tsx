import { useEffect, useState, type FormEvent } from 'react';
import type { components } from '@app/contract/openapi';
import { api, ApiProblem, call, problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { DoorTools } from '../session/sign-in.screen';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import { Mark } from '../ui/mark';
import { useTitle } from '../ui/page';
import { faultText } from '../forms/use-write';
import '../styles/people.css';

type Open = components['schemas']['OpenInvitationView'];

/** Opened from the mail, without a session. The token stays behind the `#`: it is sent to the API alone, in a body. */
export function InvitationScreen() {
  useTitle(t('people.door.title'));
  const [token] = useState(() => location.hash.slice(1));
  const [found, setFound] = useState<Open | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const look = () => {
    setProblem(null);
    call(api.POST('/api/v1/invitations/lookup', { body: { token } })).then(setFound, setProblem);
  };
  useEffect(look, [token]);
  return (
    <main className="door">
      <div className="card door-card stacked" aria-busy={!found && !problem}>
        <div className="row">
          <Mark />
          <h1>{t('people.door.title')}</h1>
        </div>
        {found && <Acceptance open={found} token={token} />}
        {problem !== null && <Refused problem={problem} onAgain={look} />}
      </div>
      <DoorTools />
    </main>
  );
}

function Refused({ problem, onAgain }: { problem: unknown; onAgain: () => void }) {
  const gone =
    problem instanceof ApiProblem && (problem.status === 404 || problem.status === 400 || problem.status === 422);
  return (
    <>
      <p className="alert warn" role="alert">
        {gone ? t('people.door.gone') : problemText(problem)}
      </p>
      {gone ? (
        <a className="btn" href="/desk/">
          {t('people.door.toDesk')}
        </a>
      ) : (
        <Btn onClick={onAgain}>{t('desk.common.again')}</Btn>
      )}
    </>
  );
}

function Acceptance({ open, token }: { open: Open; token: string }) {
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const accept = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !password) return;
    setBusy(true);
    setProblem(null);
    try {
      const { email } = await call(api.POST('/api/v1/invitations/acceptance', { body: { token, password } }));
      await call(api.POST('/api/v1/sessions', { body: { email, password } })).catch(() => undefined);
      // Signed in, or asked to: either way nothing of the token stays in the address.
      location.replace('/desk/');
    } catch (refusal) {
      setProblem(refusal);
      setBusy(false);
    }
  };
  const hub = screenLocale() === 'ar' ? open.hubAr : open.hubFr;
  return (
    <form className="stacked" onSubmit={(event) => void accept(event)} noValidate>
      <p>{t('people.door.lead', { name: open.name, hub })}</p>
      <dl className="people-door">
        <dt>{t('people.column.role')}</dt>
        <dd>{t(`desk.role.${open.role}`)}</dd>
        <dt>{t('desk.signin.email')}</dt>
        <dd>
          <Bidi>{open.email}</Bidi>
        </dd>
        <dt>{t('people.column.until')}</dt>
        <dd>
          <DateTime at={open.expiresAt} style="dateTime" />
        </dd>
      </dl>
      <input
        className="sr"
        type="email"
        autoComplete="username"
        readOnly
        tabIndex={-1}
        aria-hidden
        value={open.email}
      />
      <Field
        label={t(open.hasAccount ? 'people.door.ownPassword' : 'people.door.newPassword')}
        hint={t(open.hasAccount ? 'people.door.ownHint' : 'people.door.newHint')}
        error={problem === null ? null : passwordFault(problem)}
      >
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            type={shown ? 'text' : 'password'}
            maxLength={128}
            autoComplete={open.hasAccount ? 'current-password' : 'new-password'}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
      </Field>
      <label className="row sm">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
        {t('people.door.show')}
      </label>
      <Btn type="submit" look="primary" busy={busy} disabled={!password}>
        {t('people.door.accept')}
      </Btn>
    </form>
  );
}

function passwordFault(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return problemText(problem);
  const fault = problem.errors.find((one) => one.pointer === '/password');
  if (fault) return faultText(fault.code);
  if (problem.code === 'invalid_credentials') return t('people.door.wrong');
  return problem.code === 'not_found' ? t('people.door.gone') : problemText(problem);
}
