import type { FormField, FormSource } from '#model/form';

/** One control of a form. */
export interface Input {
  name: string;
  label: string;
  required: boolean;
  type: 'text' | 'email' | 'tel' | 'date' | 'number' | 'checkbox' | 'select' | 'hidden';
  /** Of a select. */
  options?: readonly string[];
  /** Of a checkbox: what is posted when it is ticked. */
  value?: string;
  autocomplete?: string;
}

const types: Readonly<Record<FormField['type'], Input['type']>> = {
  ...{ text: 'text', email: 'email', phone: 'tel', number: 'number', date: 'date' },
  ...{ boolean: 'checkbox', choice: 'select', hidden: 'hidden' },
};
/** What browsers fill in by themselves. */
const completions: Readonly<Record<string, string>> = {
  ...{ email: 'email', phone: 'tel', firstName: 'given-name', lastName: 'family-name' },
  ...{ company: 'organization', title: 'organization-title' },
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Of what is typed, which need not be a form yet: undefined. */
export const asForm = (value: unknown): FormSource | undefined =>
  isObject(value) &&
  isObject((value as FormSource).fields) &&
  Object.values((value as FormSource).fields).every(isObject)
    ? (value as FormSource)
    : undefined;

export const inputsOf = ({ fields, consent }: FormSource): Input[] => [
  ...Object.entries(fields).map(
    ([name, field]): Input => ({
      ...{ name, label: field.label ?? name, required: field.required === true },
      type: types[field.type] ?? 'text',
      ...(field.type === 'choice' ? { options: field.options ?? [] } : {}),
      ...(field.type === 'boolean' ? { value: 'yes' } : {}),
      ...(completions[name] === undefined ? {} : { autocomplete: completions[name] }),
    }),
  ),
  ...(consent
    ? [
        {
          ...{ name: consent.field, label: consent.text, required: false },
          ...{ type: 'checkbox' as const, value: consent.value },
        },
      ]
    : []),
];
