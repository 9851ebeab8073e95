import { TERRITORY_ROLES, type TerritoryRole } from '@app/domain/hub';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Territory {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  placeCode: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'text', enum: TERRITORY_ROLES })
  role: TerritoryRole;

  @Column({ type: 'daterange' })
  valid: string;
}
