import type { PolicyDefinition } from '@app/domain/sla-policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class SlaPolicyVersion {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  policyId: string;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'jsonb' })
  definition: PolicyDefinition;

  @Column({ type: 'timestamptz' })
  publishedAt: Date;

  @Column({ type: 'uuid', nullable: true })
  publishedBy: string | null;
}
