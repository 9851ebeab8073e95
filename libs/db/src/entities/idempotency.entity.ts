import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Idempotency {
  @PrimaryColumn({ type: 'uuid' })
  accountId: string;

  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'bytea' })
  requestHash: Buffer;

  @Column({ type: 'int' })
  status: number;

  /** JSON, kept as it was sent. */
  @Column({ type: 'text' })
  answer: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
