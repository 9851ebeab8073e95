const TYPED = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})\s*$/;
const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)$/;
const two = (text: string): string => text.padStart(2, '0');

/** `25/11/2026` of `2026-11-25`; empty for anything else. */
export function dayText(day: string): string {
  const [, year, month, date] = WRITTEN.exec(day) ?? [];
  return year ? `${date}/${month}/${year}` : '';
}

/** `2026-11-25` of a day typed day first, with Western or Arabic digits; null when there is no such day. */
export function dayOf(typed: string): string | null {
  const western = typed.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const [, date, month, year] = TYPED.exec(western) ?? [];
  if (!year) return null;
  const day = `${year}-${two(month)}-${two(date)}`;
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : null;
}
