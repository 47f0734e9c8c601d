export interface ChoiceProps<T extends string> {
  label: string;
  options: readonly { value: T; name: string }[];
  value: T;
  onChoose(value: T): void;
}

/** One of few, all in sight. */
export const Choice = <T extends string>({ label, options, value, onChoose }: ChoiceProps<T>) => (
  <fieldset className="choice">
    <legend className="hidden">{label}</legend>
    {options.map((option) => (
      <button
        key={option.value}
        type="button"
        aria-pressed={option.value === value}
        onClick={() => onChoose(option.value)}
      >
        {option.name}
      </button>
    ))}
  </fieldset>
);
