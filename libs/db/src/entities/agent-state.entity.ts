import { CHOSEN_PRESENCES, PRESENCES, type ChosenPresence, type Presence } from '@app/domain/work/presence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class AgentState {
  @PrimaryColumn({ type: 'uuid' })
  accountId: string;

  @PrimaryColumn({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'text', enum: PRESENCES })
  presence: Presence;

  @Column({ type: 'uuid', nullable: true })
  reasonId: string | null;

  @Column({ type: 'timestamptz' })
  since: Date;

  @Column({ type: 'text', enum: CHOSEN_PRESENCES, nullable: true })
  pendingPresence: ChosenPresence | null;

  @Column({ type: 'uuid', nullable: true })
  pendingReasonId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  heartbeatAt: Date | null;

  @Column({ type: 'timestamptz' })
  idleSince: Date;

  @Column({ type: 'int' })
  capacityUsed: number;

  @Column({ type: 'int' })
  callsUsed: number;

  @Column({ type: 'int' })
  chatsUsed: number;

  @Column({ type: 'int' })
  version: number;
}
