import type { RuleCondition } from '@app/domain/routing';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class RoutingRule {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  hubId: string;

  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'jsonb' })
  conditions: RuleCondition[];

  @Column({ type: 'text' })
  queueCode: string;

  @Column({ type: 'jsonb' })
  requiredSkills: { skill: string; level: number }[];

  @Column({ type: 'text' })
  reasonFr: string;

  @Column({ type: 'text' })
  reasonAr: string;

  @Column({ type: 'int' })
  version: number;
}
