import { Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ApiProblem, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import { Btn } from '../ui/button';
import { DESK_ROLES, meQuery, type Me } from './me';
import { session } from './session-store';
import { SignInForm } from './sign-in-form';
import { SignInScreen } from './sign-in.screen';

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
    if (error instanceof ApiProblem && error.status === 401) return <SignInScreen onDone={enter} />;
    return <Unreachable problem={error} onAgain={() => void refetch()} />;
  }
  if (!DESK_ROLES.includes(me.role)) return <NotForTheDesk />;
  return (
    <>
      {children}
      {state === 'lost' && <SignInAgain before={me} onDone={enter} />}
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

/** What was typed stays below. Another person starts afresh: the page is loaded anew. */
function SignInAgain({ before, onDone }: { before: Me; onDone: (me: Me) => void }) {
  const client = useQueryClient();
  const done = (me: Me) => {
    if (me.accountId !== before.accountId || me.role !== before.role) return location.reload();
    onDone(me);
    void client.invalidateQueries();
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={t('desk.signin.againTitle')}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size={420}
    >
      <div className="stacked">
        <p>{t('desk.signin.againText')}</p>
        <SignInForm onDone={done} />
      </div>
    </Modal>
  );
}
