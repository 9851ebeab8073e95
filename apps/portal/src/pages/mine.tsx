import { Link, useLocation } from 'wouter';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { forgetRequest, knownRequests } from '../device';
import { Icon } from '../icon';
import { Page, Row, Title } from '../layout';
import { useLoad } from '../load';
import { signOut, useMe, type Me } from '../session';
import { StatusTag } from '../stage-view';
import { Failed, Waiting } from '../states';
import { useState } from 'react';

type Summary = components['schemas']['TicketSummary'];

/** One's requests: of the account, or those that this device knows. */
export function MinePage() {
  const me = useMe();
  return (
    <Page title={t('portal.mine.title')}>
      <div className="wrap">
        <Title>{t('portal.mine.title')}</Title>
        {me.problem ? <Failed problem={me.problem} retry={me.reload} /> : null}
        {me.loading && <Waiting />}
        {me.data && (me.data.me ? <OfAccount me={me.data.me} /> : <OfDevice />)}
        <Link className="big p" href="/ask">
          <Icon name="pen" size={20} />
          {t('portal.home.ask')}
        </Link>
      </div>
    </Page>
  );
}

function OfAccount({ me }: { me: Me }) {
  const [, go] = useLocation();
  const list = useLoad(`tickets ${me.accountId}`, () =>
    call(api.GET('/api/v1/tickets', { params: { query: { limit: 50 } } })),
  );
  const leave = async () => {
    await signOut();
    go('/');
  };
  return (
    <>
      <p className="mut">{t('portal.mine.hello', { name: me.name })}</p>
      {list.problem ? <Failed problem={list.problem} retry={list.reload} /> : null}
      {list.loading && <Waiting />}
      {list.data && <Summaries items={list.data.items} />}
      <div className="lines">
        {me.associationId && (
          <Row href="/association" icon="people">
            {t('portal.association.title')}
          </Row>
        )}
      </div>
      <button type="button" className="big q" onClick={() => void leave()}>
        {t('portal.mine.signOut')}
      </button>
    </>
  );
}

function Summaries({ items }: { items: Summary[] }) {
  if (items.length === 0) return <p className="box">{t('portal.mine.none')}</p>;
  return (
    <div className="lines">
      {items.map((ticket) => (
        <Link key={ticket.id} href={`/r/${ticket.reference}`}>
          <span className="grow">
            <UserLine text={ticket.subject} className="b" />
            <span className="row mut sm">
              <Bidi>{ticket.reference}</Bidi>
              <DateTime at={ticket.openedAt} style="date" />
            </span>
            <StatusTag status={ticket.status} />
          </span>
          <Icon name="next" size={18} flip />
        </Link>
      ))}
    </div>
  );
}

function OfDevice() {
  const [known, setKnown] = useState(knownRequests);
  const forget = (reference: string) => {
    forgetRequest(reference);
    setKnown(knownRequests());
  };
  return (
    <>
      <p className="mut">{t(known.length > 0 ? 'portal.mine.device' : 'portal.mine.noneHere')}</p>
      {known.map((one) => (
        <div className="card" key={one.reference}>
          <Link className="plain" href={`/r/${one.reference}`}>
            <UserLine text={one.subject || one.reference} className="b" />
            <span className="row mut sm">
              <Bidi>{one.reference}</Bidi>
              <StatusTag status={one.status} />
            </span>
          </Link>
          <button type="button" className="big q" onClick={() => forget(one.reference)}>
            {t('portal.mine.forget')}
          </button>
        </div>
      ))}
      <div className="lines">
        <Row href="/follow" icon="eye">
          {t('portal.home.followOther')}
        </Row>
        <Row href="/sign-in" icon="person">
          {t('portal.follow.signIn')}
        </Row>
      </div>
    </>
  );
}
