export class ColleagueView {
  accountId: string;
  name: string;
  role: 'agent' | 'supervisor' | 'expert';
  /** May work on restricted tickets. */
  cleared: boolean;
}

export class ColleagueList {
  items: ColleagueView[];
}
