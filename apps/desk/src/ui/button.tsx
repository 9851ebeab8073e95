import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react';

const LOOKS = { plain: '', primary: ' p', quiet: ' q', tint: ' tint', danger: ' danger', link: ' link' };

export interface BtnProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
  small?: boolean;
  /** Only a drawing inside: give it an `aria-label`. */
  square?: boolean;
  /** Something is under way: keeps the focus, takes no second click. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Btn({ look = 'plain', small, square, busy, className, onClick, ...rest }: BtnProps) {
  const classes = `btn${LOOKS[look]}${small ? ' small' : ''}${square ? ' icon' : ''}${className ? ` ${className}` : ''}`;
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return <button type="button" {...rest} className={classes} aria-disabled={busy || undefined} onClick={click} />;
}
