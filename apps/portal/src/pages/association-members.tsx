import { useState } from 'react';
import type { components } from '@app/contract/openapi';
import { ApiProblem, api, call } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { isoDay, localTime } from '@app/ui/dates';
import { t } from '@app/ui/i18n';
import { useLoad } from '../load';
import { Failed, Refused } from '../states';
import { InviteForm, OpenInvitations } from './association-invitations';

type Member = components['schemas']['AssociationMemberView'];

interface MembersProps {
  id: string;
  manages: boolean;
  /** Who looks. */
  accountId: string;
}

/** Who acts for the association; its manager asks people in and ends their mandates. */
export function Members({ id, manages, accountId }: MembersProps) {
  const path = { id };
  const members = useLoad(`members ${id}`, () =>
    call(api.GET('/api/v1/associations/{id}/members', { params: { path } })),
  );
  const invitations = useLoad(`invitations ${id} ${manages}`, async () =>
    manages ? call(api.GET('/api/v1/associations/{id}/invitations', { params: { path } })) : { items: [] },
  );
  return (
    <section>
      <h2 className="sec">{t('portal.association.members')}</h2>
      {members.problem ? <Failed problem={members.problem} retry={members.reload} /> : null}
      <ul className="lines people">
        {(members.data?.items ?? [])
          .filter((one) => one.current)
          .map((one) => (
            <MemberLine
              key={`${one.accountId} ${one.role}`}
              id={id}
              member={one}
              mayEnd={manages && one.accountId !== accountId}
              ended={members.reload}
            />
          ))}
      </ul>
      {invitations.problem ? <Failed problem={invitations.problem} retry={invitations.reload} /> : null}
      <OpenInvitations
        id={id}
        items={(invitations.data?.items ?? []).filter((one) => one.state === 'open')}
        changed={invitations.reload}
      />
      {manages && <InviteForm id={id} invited={invitations.reload} />}
    </section>
  );
}

interface MemberLineProps {
  id: string;
  member: Member;
  mayEnd: boolean;
  ended(): Promise<void>;
}

/** One person; the end of a mandate is asked twice, because it signs the person out at once. */
function MemberLine({ id, member, mayEnd, ended }: MemberLineProps) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const end = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await call(
        api.PUT('/api/v1/associations/{id}/members/{account}/mandate', {
          params: { path: { id, account: member.accountId } },
          body: { to: isoDay(localTime(Date.now())) },
        }),
      );
      await ended();
    } catch (refusal) {
      setProblem(isLast(refusal) ? t('portal.members.last') : refusal);
      setBusy(false);
    }
  };
  return (
    <li className="member">
      <span className="grow">
        <UserLine text={member.name} />
        <span className="mut sm">
          {t(`portal.role.${member.role === 'manager' ? 'manager' : 'member'}`)}
          {member.to && (
            <>
              {' · '}
              {t('portal.members.until')} <DateTime at={`${member.to}T12:00:00+00:00`} />
            </>
          )}
        </span>
      </span>
      {mayEnd && !asked && (
        <button
          type="button"
          className="small"
          onClick={() => setAsked(true)}
          aria-label={t('portal.members.endOf', { name: member.name })}
        >
          {t('portal.members.end')}
        </button>
      )}
      {asked && (
        <div className="box warn asked">
          <div className="grow">
            <p>{t('portal.members.endAsked', { name: member.name })}</p>
            <Refused problem={problem} />
            <div className="two">
              <button type="button" className="big p" onClick={() => void end()} aria-disabled={busy} autoFocus>
                {t(busy ? 'portal.sending' : 'portal.members.endNow')}
              </button>
              <button type="button" className="big s" onClick={() => setAsked(false)}>
                {t('portal.members.keep')}
              </button>
            </div>
          </div>
        </div>
      )}
    </li>
  );
}

/** An association that nobody manages could not be managed again from here. */
function isLast(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'status_not_allowed';
}
