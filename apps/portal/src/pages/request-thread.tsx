import { UserName, UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import type { Message, Ticket } from '../following';
import { nameOf } from '../portal-data';

const LANG: Record<string, string | undefined> = { fr: 'fr', ar: 'ar', 'ary-Latn': 'ary-Latn' };

/** What was said, the oldest first; each paragraph in its own direction. */
export function Thread({ messages, hub }: { messages: Message[]; hub: Ticket['hub'] }) {
  return (
    <ol className="thread">
      {messages.map((message) => (
        <li key={message.id} className={message.authorKind === 'requester' ? 'msg out' : 'msg in'}>
          <p className="who">
            <span className="b">
              {message.authorKind === 'requester' ? t('portal.thread.you') : <UserName text={message.authorName} />}
            </span>
            {message.authorKind === 'staff' && <span className="mut sm">{nameOf(hub)}</span>}
            <span className="mut sm">
              <DateTime at={message.createdAt} style="longTime" />
            </span>
          </p>
          <UserText text={message.body} lang={LANG[message.language]} />
          {message.legalNotice && <UserText text={message.legalNotice} className="legal mut sm" />}
        </li>
      ))}
    </ol>
  );
}
