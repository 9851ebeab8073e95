import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Queue {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text', nullable: true })
  kind: string | null;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'jsonb' })
  settings: Record<string, unknown>;

  @Column({ type: 'text', nullable: true })
  overflowCode: string | null;

  @Column({ type: 'int', nullable: true })
  overflowAfterSeconds: number | null;

  @Column({ type: 'int' })
  version: number;
}
