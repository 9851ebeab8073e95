interface CheckListProps<T extends string> {
  legend: string;
  options: readonly { value: T; label: string }[];
  values: readonly T[];
  onChange: (values: T[]) => void;
}

/** Several of a few, all visible, in the order of the list. */
export function CheckList<T extends string>({ legend, options, values, onChange }: CheckListProps<T>) {
  return (
    <fieldset className="rl-checks">
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value} className="row">
          <input
            type="checkbox"
            checked={values.includes(value)}
            onChange={(event) =>
              onChange(
                options
                  .map((one) => one.value)
                  .filter((one) => (one === value ? event.target.checked : values.includes(one))),
              )
            }
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
