import type { FormSource } from '#model/form';
import { words } from '../../words/words.ts';
import { type Input, inputsOf } from './inputs.ts';

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

const attributes = (all: Readonly<Record<string, string | boolean | undefined>>): string =>
  Object.entries(all)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`))
    .join('');

const control = ({ name, type, required, options, value, autocomplete }: Input): string => {
  if (type === 'select') {
    const shown = (options ?? []).map((option) => `<option>${escaped(option)}</option>`).join('');
    return `<select${attributes({ name, required })}><option value=""></option>${shown}</select>`;
  }
  return `<input${attributes({ type, name, required, value, autocomplete })}>`;
};

const row = (input: Input): string => {
  if (input.type === 'hidden') return `  ${control(input)}`;
  const label = escaped(input.label);
  return input.type === 'checkbox'
    ? `  <p><label>${control(input)} ${label}</label></p>`
    : `  <p><label>${label}<br>${control(input)}</label></p>`;
};

/** Who fills this in is a program; people neither see nor reach it. */
const trap = (name: string): string =>
  `  <div style="position:absolute;left:-9999px" aria-hidden="true"><input${attributes({ name, tabindex: '-1', autocomplete: 'off' })}></div>`;

/** To be pasted into a page. @param origin of the API */
export const htmlOf = (form: FormSource, id: string, origin: string): string =>
  [
    `<form method="post" action="${escaped(`${origin}/v1/forms/${id}`)}">`,
    ...inputsOf(form).map(row),
    ...(form.honeypot === undefined ? [] : [trap(form.honeypot)]),
    `  <p><button type="submit">${escaped(words.documents.forms.send)}</button></p>`,
    '</form>',
    '',
  ].join('\n');
