import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { api, ApiProblem, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import { Btn } from '../ui/button';
import { DESK_ROLES, meQuery, type Me } from './me';
import { session } from './session-store';

const SignInAgain = lazy(() => import('./sign-in-again').then((found) => ({ default: found.SignInAgain })));
const SignInScreen = lazy(() => import('./sign-in.screen').then((found) => ({ default: found.SignInScreen })));

/** Nobody passes unknown; a session that ends later asks again above what is on the screen. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const state = useStore(session);
  const { data: me, error, isPending, refetch } = useQuery({ ...meQuery, retry: 1 });
  const enter = (found: Me) => {
    client.setQueryData(meQuery.queryKey, found);
    session.set('kept');
  };
  if (isPending) return <div className="door" aria-busy="true" />;
  if (!me) {
    if (error instanceof ApiProblem && error.status === 401)
      return (
        <Suspense fallback={<div className="door" aria-busy="true" />}>
          <SignInScreen onDone={enter} />
        </Suspense>
      );
    return <Unreachable problem={error} onAgain={() => void refetch()} />;
  }
  if (!DESK_ROLES.includes(me.role)) return <NotForTheDesk />;
  return (
    <>
      {children}
      <Suspense fallback={null}>{state === 'lost' && <SignInAgain before={me} onDone={enter} />}</Suspense>
    </>
  );
}

function Unreachable({ problem, onAgain }: { problem: unknown; onAgain: () => void }) {
  return (
    <main className="door">
      <p className="alert warn" role="alert">
        {problemText(problem)}
      </p>
      <Btn onClick={onAgain}>{t('desk.common.again')}</Btn>
    </main>
  );
}

function NotForTheDesk() {
  const leave = () => void call(api.DELETE('/api/v1/sessions/current')).finally(() => location.reload());
  return (
    <main className="door">
      <h1>{t('desk.signin.portalTitle')}</h1>
      <p>{t('desk.signin.portalText')}</p>
      <div className="row">
        <a className="btn p" href="/">
          {t('desk.signin.portalGo')}
        </a>
        <Btn onClick={leave}>{t('desk.profile.signOut')}</Btn>
      </div>
    </main>
  );
}
