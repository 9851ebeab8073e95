/** One line of the table: what was measured, against what, and whether the bar is met; null: told, not judged. */
export class Report {
  lines = [];

  add(bar, what, measured, ratio, limit, ok) {
    this.lines.push({ bar, what, measured, ratio, limit, ok });
    const mark = ok === null ? '' : ok ? 'ok' : 'SHORT';
    console.log(
      `  ${String(bar).padEnd(3)} ${what.padEnd(58)} ${measured.padEnd(46)} ${ratio.padStart(8)}  ${limit.padEnd(10)} ${mark}`,
    );
  }

  atLeast(bar, what, measured, ratio, limit) {
    this.add(bar, what, measured, percent(ratio), `>= ${percent(limit)}`, ratio >= limit);
  }

  atMost(bar, what, measured, ratio, limit) {
    this.add(bar, what, measured, ratio.toFixed(2), `<= ${limit}`, ratio <= limit);
  }

  tell(bar, what, measured) {
    this.add(bar, what, measured, '', '', null);
  }
}

const percent = (ratio) => `${(ratio * 100).toFixed(1)} %`;
export const rate = (value) => `${Math.round(value).toLocaleString('en')}/s`;
export const ms = (value) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
