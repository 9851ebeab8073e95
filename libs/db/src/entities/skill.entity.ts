import { SKILL_TYPES, type SkillType } from '@app/domain/hub';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Skill {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text', enum: SKILL_TYPES })
  type: SkillType;

  @Column({ type: 'text' })
  nameFr: string;

  @Column({ type: 'text' })
  nameAr: string;

  @Column({ type: 'text', array: true })
  categoryPrefixes: string[];

  @Column({ type: 'int', array: true })
  levels: number[];
}
