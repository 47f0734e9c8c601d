import type { FormValues } from '#http/form-body';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import type { Refusal } from '#kernel/errors';
import type { Issue } from '#kernel/issue';
import { type Form, type FormField, wordsOf } from '#model/form';
import { pageField, pageOf, referrerField, utmMarks, visitorField } from './attribution.ts';
import { shownAtField } from './submission.ts';

/** What was posted, and to which form. */
export interface Post {
  form: Form;
  values: FormValues;
  /** When it came, in milliseconds. */
  at: number;
}

const inputTypes: Partial<Record<FormField['type'], string>> = {
  email: 'email',
  phone: 'tel',
  date: 'date',
  boolean: 'checkbox',
};
/** What browsers fill in by themselves. */
const completions: Readonly<Record<string, string>> = {
  email: 'email',
  phone: 'tel',
  firstName: 'given-name',
  lastName: 'family-name',
  company: 'organization',
  title: 'organization-title',
};

const attributes = (all: Readonly<Record<string, string | boolean | undefined>>): string =>
  Object.entries(all)
    .flatMap(([name, value]) =>
      value === undefined || value === false
        ? []
        : [value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`],
    )
    .join('');

const typed = ({ values }: Post, name: string): string => {
  const [value] = values.get(name) ?? [];
  return typeof value === 'string' ? value : '';
};

const choice = (field: FormField, common: string, value: string): string => {
  const options = field.type === 'choice' ? field.options : [];
  const markup = options.map(
    (option) =>
      `<option${attributes({ value: option, selected: option === value })}>${escapeHtml(option)}</option>`,
  );
  return `<select${common}><option value=""></option>${markup.join('')}</select>`;
};

const control = (post: Post, name: string, field: FormField, issue: Issue | undefined): string => {
  const value = typed(post, name);
  const common = attributes({
    id: `f-${name}`,
    name,
    required: field.required,
    'aria-invalid': issue && 'true',
    'aria-describedby': issue && `e-${name}`,
    autocomplete: completions[name],
  });
  if (field.type === 'choice') return choice(field, common, value);
  const type = inputTypes[field.type] ?? 'text';
  const state = type === 'checkbox' ? { value: 'yes', checked: value !== '' } : { value };
  return `<input${common}${attributes({ type, ...state })}>`;
};

const row = (post: Post, name: string, field: FormField, issue: Issue | undefined): string => {
  if (field.type === 'hidden') return hidden(name, typed(post, name));
  const error = issue ? `<span class="error" id="e-${name}">${escapeHtml(issue.message)}</span>` : '';
  const label = `<label for="f-${name}">${escapeHtml(field.label ?? name)}</label>`;
  return `<p>${label}${error}${control(post, name, field, issue)}</p>`;
};

const hidden = (name: string, value: string): string =>
  value === '' ? '' : `<input${attributes({ type: 'hidden', name, value })}>`;

const consentRow = (post: Post): string => {
  const { consent } = post.form;
  if (!consent) return '';
  const { field: name, value, text } = consent;
  const box = attributes({ type: 'checkbox', name, value, checked: typed(post, name) === value });
  return `<p><label><input${box}> ${escapeHtml(text)}</label></p>`;
};

const carried = [shownAtField, visitorField, pageField, referrerField, ...utmMarks];

const summary = (issues: readonly Issue[], form: Form): string => {
  const items = issues.map(({ path, message }) => {
    const name = path.slice(1);
    const isShown = Object.hasOwn(form.fields, name) && form.fields[name]?.type !== 'hidden';
    return `<li>${isShown ? `<a href="#f-${name}">${escapeHtml(message)}</a>` : escapeHtml(message)}</li>`;
  });
  return `<ul role="alert">${items.join('')}</ul>`;
};

const wayBack = (post: Post, request: HttpRequest): string => {
  const from = pageOf(post.values, request);
  if (!from || !post.form.origins.includes(from.origin)) return '';
  const words = wordsOf(post.form, 'page-back', 'Back to the page');
  return `<p><a${attributes({ href: from.href })}>${escapeHtml(words)}</a></p>`;
};

/** The form once more, with what was typed and a word at each field to mend: it can be sent from here. */
export const formPage = (refusal: Refusal, post: Post, request: HttpRequest): string => {
  const issueOf = (name: string): Issue | undefined => refusal.issues.find(({ path }) => path === `/${name}`);
  const { fields } = post.form;
  const rows = Object.entries(fields).map(([name, field]) => row(post, name, field, issueOf(name)));
  const kept = carried
    .filter((name) => !Object.hasOwn(fields, name))
    // A page without the snippet could not say when it was shown; this one can.
    .map((name) => hidden(name, typed(post, name) || (name === shownAtField ? String(post.at) : '')));
  const body = `${rows.join('')}${consentRow(post)}${kept.join('')}<p><button type="submit">${escapeHtml(wordsOf(post.form, 'page-send', 'Send'))}</button></p>`;
  return page(
    wordsOf(post.form, 'page-title', 'Please check your answers'),
    `${summary(refusal.issues, post.form)}<form method="post" novalidate>${body}</form>${wayBack(post, request)}`,
    post.form.language,
  );
};
