import { useState, type FormEvent } from 'react';
import type { components } from '@app/contract/openapi';
import { ApiProblem, api, call } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { Option, TextField } from '../fields';
import { Refused } from '../states';

type Invitation = components['schemas']['MemberInvitationView'];
const ROLES = ['member', 'manager'] as const;
const EMAIL = /^\S+@\S+\.\S+$/;

interface OpenInvitationsProps {
  id: string;
  items: readonly Invitation[];
  changed(): Promise<void>;
}

/** Asked in and not yet answered; each can be taken back. */
export function OpenInvitations({ id, items, changed }: OpenInvitationsProps) {
  const [problem, setProblem] = useState<unknown>(null);
  const withdraw = async (invitation: string) => {
    setProblem(null);
    try {
      await call(
        api.DELETE('/api/v1/associations/{id}/invitations/{invitation}', { params: { path: { id, invitation } } }),
      );
    } catch (refusal) {
      if (!(refusal instanceof ApiProblem && refusal.status === 404)) setProblem(refusal);
    }
    await changed();
  };
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="lab">{t('portal.members.invited')}</h3>
      <ul className="lines people">
        {items.map((one) => (
          <li key={one.id} className="member">
            <span className="grow">
              <UserLine text={one.name} />
              <span className="mut sm">
                <Bidi>{one.email}</Bidi> · {t(`portal.role.${one.role}`)} · {t('portal.members.until')}{' '}
                <DateTime at={one.expiresAt} />
              </span>
            </span>
            <button
              type="button"
              className="small"
              onClick={() => void withdraw(one.id)}
              aria-label={t('portal.members.withdrawOf', { name: one.name })}
            >
              {t('portal.members.withdraw')}
            </button>
          </li>
        ))}
      </ul>
      <Refused problem={problem} />
    </>
  );
}

interface InviteFormProps {
  id: string;
  invited(): Promise<void>;
}

const EMPTY: { name: string; email: string; role: (typeof ROLES)[number] } = { name: '', email: '', role: 'member' };

/** Asks somebody in by e-mail; the link in it is good for three days. */
export function InviteForm({ id, invited }: InviteFormProps) {
  const [values, setValues] = useState(EMPTY);
  const [state, setState] = useState<{ sending: boolean; sent: boolean; problem: unknown }>({
    sending: false,
    sent: false,
    problem: null,
  });
  const [tried, setTried] = useState(false);
  const set = (change: Partial<typeof EMPTY>) => {
    setValues({ ...values, ...change });
    setState({ sending: false, sent: false, problem: null });
  };
  const [name, email] = [values.name.trim(), values.email.trim()];
  const wrong = { name: !name, email: !EMAIL.test(email) };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (state.sending || wrong.name || wrong.email) return;
    setState({ sending: true, sent: false, problem: null });
    try {
      const locale = screenLocale() === 'ar' ? 'ar' : 'fr';
      await call(
        api.POST('/api/v1/associations/{id}/invitations', {
          params: { path: { id } },
          body: { name, email, role: values.role, locale },
        }),
      );
      setValues(EMPTY);
      setTried(false);
      setState({ sending: false, sent: true, problem: null });
      await invited();
    } catch (problem) {
      setState({ sending: false, sent: false, problem });
    }
  };
  return (
    <form className="card form" onSubmit={(event) => void send(event)} noValidate>
      <h3 className="sec">{t('portal.members.invite')}</h3>
      <TextField
        id="invited-name"
        label={t('portal.members.name')}
        value={values.name}
        set={(next) => set({ name: next })}
        problem={tried && wrong.name ? t('portal.members.noName') : null}
      />
      <TextField
        id="invited-email"
        kind="email"
        label={t('portal.members.email')}
        value={values.email}
        set={(next) => set({ email: next })}
        maxLength={254}
        problem={tried && wrong.email ? t('portal.members.noEmail') : null}
      />
      <fieldset>
        <legend className="lab">{t('portal.members.role')}</legend>
        <div className="roles">
          {ROLES.map((role) => (
            <Option key={role} name="role" checked={values.role === role} choose={() => set({ role })}>
              <span className="grow">{t(`portal.role.${role}`)}</span>
            </Option>
          ))}
        </div>
      </fieldset>
      <p className="hint">{t('portal.members.inviteHint')}</p>
      <Refused problem={state.problem} />
      <button className="big s" type="submit" aria-disabled={state.sending}>
        {t(state.sending ? 'portal.sending' : 'portal.members.send')}
      </button>
      <p role="status" className="mut sm">
        {state.sent ? t('portal.members.sent') : ''}
      </p>
    </form>
  );
}
