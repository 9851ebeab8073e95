import type { Language } from '@app/domain/language';
import {
  AUTHOR_KINDS,
  type AuthorKind,
  type Channel,
  type Direction,
  DIRECTIONS,
  MESSAGE_KINDS,
  type MessageKind,
} from '@app/domain/ticket';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Message {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text', enum: MESSAGE_KINDS })
  kind: MessageKind;

  @Column({ type: 'boolean', insert: false, update: false })
  public: boolean;

  @Column({ type: 'uuid', nullable: true })
  authorId: string | null;

  @Column({ type: 'text', enum: AUTHOR_KINDS })
  authorKind: AuthorKind;

  @Column({ type: 'text' })
  authorName: string;

  @Column({ type: 'text' })
  channel: Channel;

  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'text', enum: DIRECTIONS })
  direction: Direction;

  @Column({ type: 'text' })
  body: string;

  @Column({ type: 'text', nullable: true })
  legalNotice: string | null;

  @Column({ type: 'uuid', nullable: true })
  seenMessageId: string | null;

  @Column({ type: 'uuid', nullable: true })
  originalTicketId: string | null;

  /** Accounts of the hub that a note names. */
  @Column({ type: 'uuid', array: true })
  mentions: string[];

  @Column({ type: 'tsvector', select: false })
  search: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
