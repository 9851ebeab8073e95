import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Deadline {
  @PrimaryColumn({ type: 'uuid' })
  clockId: string;

  @PrimaryColumn({ type: 'text' })
  kind: string;

  @Column({ type: 'uuid' })
  ticketId: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'uuid', nullable: true })
  associationId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  doneAt: Date | null;
}
