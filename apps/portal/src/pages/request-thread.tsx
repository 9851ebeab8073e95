import { UserLine, UserName, UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { fileSizeText } from '@app/ui/sizes';
import type { Message, Ticket } from '../following';
import { Icon } from '../icon';
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
          <Attached files={message.attachments} />
          {message.legalNotice && <UserText text={message.legalNotice} className="legal mut sm" />}
        </li>
      ))}
    </ol>
  );
}

/** Files to save; one that the scanner stopped is named and not offered. */
function Attached({ files }: { files: Message['attachments'] }) {
  if (files.length === 0) return null;
  return (
    <ul className="attached" aria-label={t('portal.files.list')}>
      {files.map((file) => (
        <li key={file.id}>
          {file.scan === 'infected' ? (
            <span className="file">
              <Icon name="warn" />
              <span className="grow">
                <UserLine text={file.name} cut />
                <span className="mut sm">{t('portal.files.blocked')}</span>
              </span>
            </span>
          ) : (
            <a
              className="file"
              href={`/api/v1/attachments/${file.id}`}
              download
              aria-label={t('portal.files.save', { name: file.name })}
            >
              <Icon name="paper" />
              <span className="grow">
                <UserLine text={file.name} cut />
                <span className="mut sm">{fileSizeText(file.size)}</span>
              </span>
              <Icon name="save" />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
