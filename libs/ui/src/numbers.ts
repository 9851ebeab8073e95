const NARROW_SPACE = '\u202f';

/** `12 345,60` in both languages: Western digits, narrow no-break space, comma. `decimals` is exact; without it as many as there are, two at most. */
export function formatNumber(value: number, decimals?: number): string {
  const [whole, part = ''] = Math.abs(value)
    .toFixed(decimals ?? 2)
    .split('.');
  const shown = decimals === undefined ? part.replace(/0+$/, '') : part;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  const isZero = !/[1-9]/.test(whole + shown);
  return `${value < 0 && !isZero ? '\u2212' : ''}${grouped}${shown ? `,${shown}` : ''}`;
}

/** `92 %`; the share is 0 to 1. Show it through `Bidi`. */
export function formatPercent(share: number, decimals = 0): string {
  return `${formatNumber(share * 100, decimals)}${NARROW_SPACE}%`;
}
