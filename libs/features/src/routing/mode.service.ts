import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { assignmentMode, type AssignmentMode } from '@app/domain/work/assignment-mode';
import { ReferenceData } from '../directory/reference-data';
import type { AssignmentModeView } from './routing-view.dto';
import { routingHub, tellRouting } from './routing-scope';

const SETTING = 'assignment_mode';
/** One statement, so that two hubs may choose at once. A choice under the code of the hub gives way to the one under its id. */
const CHOOSE = `
  insert into setting (key, value) values ('${SETTING}', jsonb_build_object('default', 'least_load', 'hubs', $1::jsonb))
  on conflict (key) do update set value = jsonb_set(setting.value, '{hubs}', (coalesce(setting.value -> 'hubs', '{}') - $2::text - $3::text) || $1::jsonb)`;

/** How the tickets of a hub find their agent: the hub's own choice, else the national default. */
@Injectable()
export class ModeService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  find(actor: Actor, hub: string): AssignmentModeView {
    const hubId = routingHub(actor, hub, this.reference);
    const setting = this.reference.current.settings.get(SETTING);
    const { code } = this.reference.hub(hubId);
    const own = (setting as { hubs?: Record<string, unknown> } | undefined)?.hubs ?? {};
    const inherited = own[hubId] === undefined && own[code] === undefined;
    return { hubId, mode: assignmentMode(setting, { id: hubId, code }), inherited };
  }

  /** Null: as the national default says. What waits is taken up in the new way within a second. */
  async choose(actor: Actor, hub: string, mode: AssignmentMode | null): Promise<AssignmentModeView> {
    const hubId = routingHub(actor, hub, this.reference);
    const { code } = this.reference.hub(hubId);
    await this.db.run(
      actor,
      async (tx) => {
        await tx.query('mode-choose', CHOOSE, [JSON.stringify(mode ? { [hubId]: mode } : {}), hubId, code]);
        tellRouting(tx, hubId, { what: 'mode', to: mode ?? 'default' });
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return this.find(actor, hubId);
  }
}
