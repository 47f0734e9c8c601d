import { cloneElement, type ReactElement, useId } from 'react';

interface Control {
  id?: string;
  className?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What is wrong with what was typed. */
  fault?: string | undefined;
  /** One input, select or textarea. */
  children: ReactElement<Control>;
}

/** Joins a control with its words, also for those who hear them. */
export const Field = ({ label, hint, fault, children }: FieldProps) => {
  const id = useId();
  const told = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {cloneElement(children, {
        id,
        className: children.props.className ?? 'input',
        ...(fault === undefined ? {} : { 'aria-invalid': true }),
        ...(told === '' ? {} : { 'aria-describedby': told }),
      })}
      {hint !== undefined && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {fault !== undefined && (
        <span className="field-fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </div>
  );
};
