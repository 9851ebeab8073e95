import type { ComponentProps } from 'react';
import { Icon } from './icon';

interface Consequence {
  icon: ComponentProps<typeof Icon>['of'];
  text: string;
}

/** What an act means, said before it is done. */
export function Consequences({ of }: { of: readonly Consequence[] }) {
  return (
    <ul className="facts">
      {of.map(({ icon, text }) => (
        <li key={text}>
          <Icon of={icon} size={15} />
          {text}
        </li>
      ))}
    </ul>
  );
}
