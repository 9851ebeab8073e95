import { PLACE_KINDS, type PlaceKind } from '@app/domain/hub';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Place {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text', nullable: true })
  parentCode: string | null;

  @Column({ type: 'text', enum: PLACE_KINDS })
  kind: PlaceKind;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'text', array: true })
  searchNames: string[];
}
