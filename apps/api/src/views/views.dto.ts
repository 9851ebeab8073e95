export class ReadMentionsView {
  /** How many were not read yet. */
  read: number;
}
