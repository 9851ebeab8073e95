import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { checkTimes, timesOf, type RelaxationTimes } from '@app/domain/work/relaxation';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { RelaxationView } from './routing-view.dto';

const SETTING = 'relaxation';
type Row = { value: Partial<RelaxationTimes>; version: number };

/** How far the programme lets demands go down with waiting, where a queue says nothing itself. */
@Injectable()
export class RelaxationService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  find(actor: Actor): Promise<RelaxationView> {
    return this.db.run(
      actor,
      async (tx) => {
        const [row] = await tx.query<Row>('relaxation', 'select value, version from setting where key = $1', [SETTING]);
        return { relaxation: timesOf(row?.value ?? null, null), version: row?.version ?? 0 };
      },
      { as: 'system' },
    );
  }

  /** @param expected the version that was seen; 0 when nothing was set yet */
  async set(actor: Actor, expected: number, times: RelaxationTimes): Promise<RelaxationView> {
    checkTimes(times, times);
    await this.db.run(
      actor,
      async (tx) => {
        const [row] = await tx.query<Row>(
          'relaxation-lock',
          'select value, version from setting where key = $1 for update',
          [SETTING],
        );
        checkVersion(row?.version ?? 0, expected);
        await tx.query(
          'relaxation-set',
          `insert into setting (key, value) values ($1, $2)
           on conflict (key) do update set value = excluded.value, version = setting.version + 1`,
          [SETTING, JSON.stringify(times)],
        );
        tx.emit({ type: 'setting.changed', data: { key: SETTING, after: times, before: row?.value ?? null } });
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return this.find(actor);
  }
}
