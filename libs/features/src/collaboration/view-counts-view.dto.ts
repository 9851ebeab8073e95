export class ViewCounts {
  /** Open tickets that one has. */
  mine: number;
  /** Open tickets of the hub that nobody has. */
  unassigned: number;
  /** Open tickets of the hub. */
  hub: number;
  /** Tickets with a note that calls one, not read yet. */
  mentions: number;
  /** Open tickets whose promise falls due within the hour. */
  atRisk: number;
  /** Open tickets whose promise is overdue. */
  late: number;
  /** Drafts that wait for one's verdict. */
  validations: number;
  /** A count of this much means "this many or more". */
  atMost: number;
}
