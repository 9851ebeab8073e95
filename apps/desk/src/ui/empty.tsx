import type { Icon as TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from './icon';

interface EmptyProps {
  icon: TablerIcon;
  title: string;
  text?: ReactNode;
  /** The next thing to do. */
  action?: ReactNode;
}

/** Nothing here: says so, and names what can be done next. */
export function Empty({ icon, title, text, action }: EmptyProps) {
  return (
    <div className="empty">
      <Icon of={icon} size={34} />
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action}
    </div>
  );
}
