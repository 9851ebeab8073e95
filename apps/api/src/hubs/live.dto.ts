import { IsId } from '@app/platform/validation';

export class HubParams {
  @IsId()
  id: string;
}

export class AgentFigureView {
  accountId: string;
  name: string;
  /** Open tickets assigned to the agent. */
  open: number;
}

export class HubFiguresView {
  hubId: string;
  open: number;
  /** New or open, and assigned to nobody. */
  waiting: number;
  /** When the ticket that waits longest was opened; null when none waits. */
  longestWaitSince: Date | null;
  /** Warned about, and not late yet. */
  atRisk: number;
  late: number;
  /** Absent for the national programme, which sees no people of other hubs. */
  byAgent?: AgentFigureView[];
  asOf: Date;
}
