import { useEffect } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { Bidi, UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { isClosedDoor, loadFollowed, type Shown } from '../following';
import { Footer, Page, Title } from '../layout';
import { useEvery, useLoad } from '../load';
import { StatusTag } from '../stage-view';
import { stageOf } from '../stages';
import { Failed, Waiting } from '../states';
import { Opinion, Outcome } from './request-outcome';
import { RequestCallback } from './request-callback';
import { Expected, Progress, PromiseLine } from './request-progress';
import { Reply } from './request-reply';
import { Thread } from './request-thread';

const REFRESH_MS = 20_000;

/** One request in plain words: what is expected of whom, by when, and what was said. */
export function RequestPage() {
  const { reference = '' } = useParams<{ reference: string }>();
  const [, go] = useLocation();
  const followed = useLoad(reference, () => loadFollowed(reference));
  useEvery(REFRESH_MS, () => {
    if (followed.data) void followed.reload();
  });
  const closed = !followed.data && isClosedDoor(followed.problem);
  useEffect(() => {
    if (closed) go(`/follow?ref=${encodeURIComponent(reference)}`, { replace: true });
  }, [closed]);
  return (
    <Page title={t('portal.request.title', { reference })} footer={false}>
      {followed.data ? (
        <Request followed={{ ...followed, data: followed.data }} />
      ) : (
        <div className="wrap">
          <Title>
            <Bidi>{reference}</Bidi>
          </Title>
          {followed.problem ? (
            <Failed problem={followed.problem} retry={followed.reload}>
              <p>
                <Link href="/hubs">{t('portal.call.choose')}</Link>
              </p>
            </Failed>
          ) : (
            <Waiting />
          )}
        </div>
      )}
    </Page>
  );
}

function Request({ followed }: { followed: Shown }) {
  const { ticket, messages } = followed.data;
  return (
    <>
      <div className="request-head">
        <div className="row">
          <span className="mut ref">
            <Bidi>{ticket.reference}</Bidi>
          </span>
          <StatusTag status={ticket.status} />
        </div>
        <Title>
          <UserLine text={ticket.subject} />
        </Title>
      </div>
      {followed.problem !== null && (
        <p className="box paused" role="status">
          {t('portal.request.stale')}
        </p>
      )}
      <div className="wrap">
        <Expected ticket={ticket} />
        <PromiseLine ticket={ticket} />
        <Progress ticket={ticket} />
        <h2 className="sec">{t('portal.request.thread')}</h2>
        <Thread messages={messages} hub={ticket.hub} />
        {stageOf(ticket.status) < 3 && <RequestCallback reference={ticket.reference} />}
        <Outcome followed={followed} />
        {stageOf(ticket.status) > 1 && <Opinion ticketId={ticket.id} />}
      </div>
      <Reply followed={followed} />
      <Footer />
    </>
  );
}
