import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';

interface OrderButtonsProps {
  name: string;
  at: number;
  count: number;
  onMove: (to: number) => void;
}

/** Up and down in a list; the keys stay where the eye is. */
export function OrderButtons({ name, at, count, onMove }: OrderButtonsProps) {
  return (
    <span className="rl-order">
      <Btn
        square
        small
        look="quiet"
        disabled={at === 0}
        aria-label={t('rules.order.up', { name })}
        onClick={() => onMove(at - 1)}
      >
        <Icon of={IconArrowUp} size={16} />
      </Btn>
      <Btn
        square
        small
        look="quiet"
        disabled={at === count - 1}
        aria-label={t('rules.order.down', { name })}
        onClick={() => onMove(at + 1)}
      >
        <Icon of={IconArrowDown} size={16} />
      </Btn>
    </span>
  );
}

/** The list with one of its entries elsewhere. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}
