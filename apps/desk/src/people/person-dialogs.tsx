import { ChangeDialog } from './change-dialog';
import { DeactivateDialog } from './deactivate-dialog';
import type { Person } from './people-queries';
import { ReactivateDialog } from './reactivate-dialog';
import { SkillsDialog } from './skills-dialog';

const DIALOGS = {
  change: ChangeDialog,
  skills: SkillsDialog,
  deactivate: DeactivateDialog,
  reactivate: ReactivateDialog,
};
export type PersonAct = keyof typeof DIALOGS;

export interface PersonDialogProps {
  person: Person;
  onClose: () => void;
}

export function PersonDialogs({ act, ...props }: PersonDialogProps & { act: PersonAct }) {
  const Shown = DIALOGS[act];
  return <Shown {...props} />;
}
