import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class PresenceReason {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'boolean' })
  productive: boolean;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ type: 'int' })
  version: number;
}
