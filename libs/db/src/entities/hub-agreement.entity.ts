import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class HubAgreement {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'uuid' })
  fromHubId: string;

  @Column({ type: 'uuid' })
  toHubId: string;

  @Column({ type: 'text', array: true })
  what: string[];

  @Column({ type: 'text', array: true })
  queueCodes: string[];

  @Column({ type: 'daterange' })
  valid: string;
}
