import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class SlaPolicy {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;

  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'boolean' })
  active: boolean;
}
