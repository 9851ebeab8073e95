import { PRESENCES, type Presence } from '@app/domain/work/presence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class AgentStateLog {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'text', enum: PRESENCES })
  presence: Presence;

  @Column({ type: 'uuid', nullable: true })
  reasonId: string | null;

  @Column({ type: 'timestamptz' })
  fromAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  toAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  followsAt: Date | null;
}
