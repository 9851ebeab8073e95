import { IconLock, IconPhone } from '@tabler/icons-react';
import { UserName, UserText } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import type { Message, Ticket } from '../data/queries';
import { Avatar } from '../ui/avatar';
import { ChannelIcon } from '../ui/channel-icon';
import { Icon } from '../ui/icon';
import { Attachments } from './attachments';

interface MessageBlockProps {
  message: Message;
  ticket: Ticket;
}

/** One message: theirs at the start, ours at the end, notes yellow across. */
export function MessageBlock({ message, ticket }: MessageBlockProps) {
  if (message.kind === 'note' || message.kind === 'call') return <NoteBlock message={message} />;
  if (message.kind === 'system') return <SystemBlock message={message} />;
  const ours = message.authorKind === 'staff';
  return (
    <article className={ours ? 'msg out' : 'msg'} id={`message-${message.id}`}>
      <Avatar id={message.authorId} name={message.authorName} />
      <div className="bd">
        <div className="hd">
          <b>
            <UserName text={message.authorName} />
          </b>
          {!ours && <ChannelIcon channel={ticket.channel} size={14} />}
          <DateTime at={message.createdAt} style="time" />
        </div>
        <div className="bub">
          <UserText text={message.body} />
          {message.legalNotice && <UserText text={message.legalNotice} className="legal" />}
        </div>
        <Attachments of={message.attachments} />
      </div>
    </article>
  );
}

function NoteBlock({ message }: { message: Message }) {
  return (
    <article className="note" id={`message-${message.id}`}>
      <Icon of={message.kind === 'call' ? IconPhone : IconLock} size={16} />
      <div className="hd">
        <b>
          <UserName text={message.authorName} />
        </b>
        <span>{t(message.kind === 'call' ? 'desk.thread.callNote' : 'desk.thread.note')}</span>
        <DateTime at={message.createdAt} style="time" />
      </div>
      <div className="text">
        <UserText text={message.body} />
        <Attachments of={message.attachments} />
      </div>
    </article>
  );
}

function SystemBlock({ message }: { message: Message }) {
  return (
    <div className="ev" style={{ cursor: 'default' }}>
      <DateTime at={message.createdAt} style="time" />
      <UserText text={message.body} />
    </div>
  );
}
