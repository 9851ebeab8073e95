import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class AgentSkill {
  @PrimaryColumn({ type: 'uuid' })
  accountId: string;

  @PrimaryColumn({ type: 'uuid' })
  hubId: string;

  @PrimaryColumn({ type: 'text' })
  skillCode: string;

  @Column({ type: 'int' })
  level: number;

  /** Of the whole list of the agent. */
  @Column({ type: 'int' })
  version: number;
}
