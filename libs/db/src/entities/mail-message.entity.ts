import { type Locale, LOCALES } from '@app/domain/person';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class MailMessage {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'bigint' })
  eventId: string;

  @Column({ type: 'uuid', nullable: true })
  ticketId: string | null;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text' })
  template: string;

  @Column({ type: 'text', enum: LOCALES })
  language: Locale;

  @Column({ type: 'text' })
  toAddress: string;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'text' })
  html: string;

  @Column({ type: 'text' })
  messageId: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;
}
