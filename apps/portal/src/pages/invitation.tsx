import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { components } from '@app/contract/openapi';
import { api, ApiProblem, call } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { hasText, screenLocale, t } from '@app/ui/i18n';
import { TextField } from '../fields';
import { Mark } from '../icon';
import { LanguageLink, Page, Title } from '../layout';
import { useLoad } from '../load';
import { isForPortal, signInWithPassword } from '../signing';
import { Failed, Refused, Waiting } from '../states';

type Open = components['schemas']['OpenMemberInvitation'];

/** Behind the link of the mail. The token stays after the `#`: the server gets it in bodies only. */
export function InvitationPage() {
  const [token] = useState(() => /^#token=(.+)$/.exec(location.hash)?.[1] ?? '');
  const found = useLoad(token, () => call(api.POST('/api/v1/member-invitations/lookup', { body: { token } })));
  const association = found.data && (screenLocale() === 'ar' ? found.data.associationAr : found.data.associationFr);
  return (
    <Page title={t('portal.invitation.title')} header={null}>
      <div className="hero">
        <div className="row">
          <span className="grow">
            <Mark size={44} />
          </span>
          <LanguageLink className="lang on-blue" />
        </div>
        <Title className="">{t('portal.invitation.title')}</Title>
        {found.data && association && <p>{t('portal.invitation.lead', { name: found.data.name, association })}</p>}
      </div>
      {found.data ? (
        <Acceptance open={found.data} token={token} />
      ) : (
        <div className="wrap">
          {found.loading ? (
            <Waiting />
          ) : isGone(found.problem) ? (
            <Refused problem={t('portal.invitation.gone')} />
          ) : (
            <Failed problem={found.problem} retry={found.reload} />
          )}
        </div>
      )}
    </Page>
  );
}

/** Unknown, used, run out, taken back, or no token at all. */
function isGone(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.status >= 400 && problem.status < 429;
}

function Acceptance({ open, token }: { open: Open; token: string }) {
  const [, go] = useLocation();
  const [password, setPassword] = useState('');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const accept = async () => {
    const { email } = await call(api.POST('/api/v1/member-invitations/acceptance', { body: { token, password } }));
    history.replaceState(null, '', location.pathname);
    const session = await signInWithPassword(email, password).catch(() => null);
    if (!session) go('/sign-in', { replace: true });
    else if (isForPortal(session)) go('/my', { replace: true });
    else location.assign('/desk/');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setProblem(null);
    accept().catch((refusal: unknown) => {
      setProblem(refusal);
      setSending(false);
    });
  };
  const fault = faultOf(problem);
  return (
    <form className="wrap" onSubmit={submit} noValidate>
      <p className="box">
        {t(`portal.role.${open.role}`)} · <Bidi>{open.email}</Bidi>
      </p>
      <TextField
        id="password"
        kind="password"
        label={t(open.hasAccount ? 'portal.invitation.own' : 'portal.invitation.new')}
        hint={t(open.hasAccount ? 'portal.invitation.ownHint' : 'portal.invitation.newHint')}
        value={password}
        set={setPassword}
        problem={fault}
        maxLength={128}
        autoComplete={open.hasAccount ? 'current-password' : 'new-password'}
        enterKeyHint="go"
      />
      {!fault && <Refused problem={isGone(problem) ? t('portal.invitation.gone') : problem} />}
      <button className="big p" type="submit" aria-disabled={sending}>
        {t(sending ? 'portal.opening' : 'portal.invitation.accept')}
      </button>
    </form>
  );
}

/** What is wrong with the password. */
function faultOf(problem: unknown): string | null {
  if (!(problem instanceof ApiProblem)) return null;
  if (problem.code === 'invalid_credentials') return t('portal.invitation.wrong');
  const fault = problem.errors.find((one) => one.pointer === '/password');
  if (!fault) return null;
  const id = `portal.invitation.${fault.code}`;
  return t(hasText(id) ? id : 'portal.invitation.too_short');
}
