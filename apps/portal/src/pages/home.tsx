import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { Bidi, UserLine, UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { Rich } from '@app/ui/rich';
import { draft, saveDraft } from '../ask-draft';
import { knownRequests, type KnownRequest } from '../device';
import { Icon } from '../icon';
import { Page, Row, Title, useOwnHub } from '../layout';
import { usePortal, type PortalHub } from '../portal-data';
import { stageOf } from '../stages';
import { StatusTag, StepsLine } from '../stage-view';
import { FREQUENT } from '../themes';

export function HomePage() {
  const known = knownRequests()[0];
  return (
    <Page title={t('portal.home.title')}>
      <OpenLine />
      <section className="hero">
        <Title className="">{t('portal.home.title')}</Title>
        <Greeting />
        <AskBox />
      </section>
      <div className="wrap">
        {known && <KnownCard request={known} />}
        <Link className="big s" href="/callback">
          <Icon name="phone" size={20} />
          {t('portal.callback.title')}
        </Link>
        <Link className="big s" href="/follow">
          {t(known ? 'portal.home.followOther' : 'portal.home.follow')}
        </Link>
        <h2 className="sec">{t('portal.home.frequent')}</h2>
        <Frequent />
        <h2 className="sec">{t('portal.home.hubs')}</h2>
        <div className="lines">
          <Row href="/hubs" icon="pin">
            {t('portal.home.hubsLink')}
          </Row>
        </div>
      </div>
    </Page>
  );
}

/** In the words of the hub that answers, where it has some. */
function Greeting() {
  const words = useOwnHub()?.branding;
  const own = screenLocale() === 'ar' ? words?.greetingAr : words?.greetingFr;
  return own ? <UserText text={own} /> : <p>{t('portal.home.lead')}</p>;
}

/** The questions whose category is there; an administrator may have closed one. */
function Frequent() {
  const { data } = usePortal();
  const open = data && new Set(data.themes.flatMap((theme) => theme.categories.map((category) => category.code)));
  return (
    <div className="lines">
      {FREQUENT.filter(({ code }) => open === null || open.has(code)).map(({ code, icon, id }) => (
        <Row key={id} href={`/ask?category=${code}`} icon={icon}>
          {t(id)}
        </Row>
      ))}
      <Row href="/ask" icon="more">
        <span className="b link">{t('portal.frequent.other')}</span>
      </Row>
    </div>
  );
}

/** Whether somebody answers the telephone now, and the number. */
function OpenLine() {
  const hub = useOwnHub();
  if (!hub) {
    return (
      <div className="open">
        <Icon name="pin" size={20} className="lead" />
        <Link className="nw" href="/hubs">
          {t('portal.call.choose')}
        </Link>
      </div>
    );
  }
  return (
    <div className="open">
      <OpenState hub={hub} />
      {hub.phone && <Phone number={hub.phone} link className="end nw b" />}
    </div>
  );
}

export function OpenState({ hub }: { hub: PortalHub }) {
  const change = hub.nextChange && <DateTime at={hub.nextChange.local} style={hub.open ? 'time' : 'near'} />;
  return (
    <>
      <span className={hub.open ? 'dot' : 'dot closed'} aria-hidden="true" />
      <span>
        {change ? (
          <Rich id={hub.open ? 'portal.open.until' : 'portal.closed.until'} parts={{ time: change }} />
        ) : (
          t(hub.open ? 'portal.open.now' : 'portal.closed.now')
        )}
      </span>
    </>
  );
}

/** A question begins where one stands: what is typed goes along. */
function AskBox() {
  const [text, setText] = useState('');
  const [, go] = useLocation();
  const started = draft().body.trim() !== '';
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) saveDraft({ body: text, step: 1 });
    go('/ask');
  };
  return (
    <form className="ask-box" onSubmit={ask}>
      <label className="sr" htmlFor="question">
        {t('portal.home.title')}
      </label>
      {!started && (
        <div className="field">
          <input
            id="question"
            dir="auto"
            value={text}
            maxLength={300}
            enterKeyHint="go"
            placeholder={t('portal.home.example')}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      <button className="big w" type="submit">
        <Icon name="pen" size={20} />
        {t(started ? 'portal.home.continue' : 'portal.home.ask')}
      </button>
    </form>
  );
}

function KnownCard({ request }: { request: KnownRequest }) {
  const stage = stageOf(request.status);
  return (
    <Link className="card" href={`/r/${request.reference}`}>
      <span className="card-head mut sm">
        <Rich id="portal.home.known" parts={{ reference: <Bidi>{request.reference}</Bidi> }} />
      </span>
      <UserLine text={request.subject} className="b" />
      <StepsLine stage={stage} />
      <span className="row">
        <span className="grow">
          <StatusTag status={request.status} />
          {request.dueLocal && stage < 2 && (
            <span className="mut due">
              <Rich
                id="portal.due.before"
                parts={{ date: <DateTime at={request.dueLocal} style="long" className="b ink" /> }}
              />
            </span>
          )}
        </span>
        <Icon name="next" size={20} flip />
      </span>
    </Link>
  );
}
