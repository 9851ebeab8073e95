import { ACCOUNT_STATUSES, type AccountStatus, type Locale, LOCALES } from '@app/domain/person';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Account {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'text', select: false })
  passwordHash: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', enum: LOCALES })
  locale: Locale;

  @Column({ type: 'text', enum: ACCOUNT_STATUSES })
  status: AccountStatus;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastSignInAt: Date | null;
}
