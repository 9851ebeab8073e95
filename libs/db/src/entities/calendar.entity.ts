import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Calendar {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'uuid', nullable: true })
  hubId: string | null;
}
