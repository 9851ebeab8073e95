import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Deadline {
  @PrimaryColumn({ type: 'uuid' })
  clockId: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'text', nullable: true })
  kind: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ type: 'text', array: true, default: [] })
  laterKinds: string[];

  @Column({ type: 'timestamptz', array: true, default: [] })
  laterDues: Date[];

  @Column({ type: 'text', array: true, default: [] })
  done: string[];
}
