import type { FormValues } from '#http/form-body';
import type { Issue } from '#kernel/issue';
import type { ContactEvent } from '#model/event';
import { type Form, wordsOf } from '#model/form';
import { type Identity, normaliseEmail, normalisePhone } from '#policy/contacts/identity';
import { refuseName } from '#policy/contacts/names';
import { type FieldValue, isBlank, readField } from '#policy/contacts/read-field';
import { pageField, referrerField, utmMarks, visitorField } from './attribution.ts';
import { challengeFields } from './challenge.ts';

/** What a post says by the form's definition. Names that the form does not know are ignored and told. */
export interface Answers {
  fields: Record<string, FieldValue>;
  consent: NonNullable<ContactEvent['consent']>;
  issues: Issue[];
  ignored: string[];
}

/** With what came beside the fields. */
export interface Submission extends Answers {
  captured: Record<string, string>;
  visitor: readonly Identity[];
}

/** Written by the web snippet when the form is shown; only forms with `minimumSeconds` ask for it. */
export const shownAtField = '_shownAt';

const issue = (name: string, code: string, message: string): Issue => ({
  code,
  severity: 'error',
  path: `/${name}`,
  message,
});

const nobody = 'An e-mail address or a phone number is needed.';

const labelOf = (form: Form, name: string): string => form.fields[name]?.label ?? name;

const readOne = (form: Form, name: string, values: readonly unknown[], country?: string) => {
  const field = form.fields[name]!;
  const [value] = values;
  const wrong = (code: string, what: string): Issue => {
    const label = labelOf(form, name);
    return issue(name, code, wordsOf(form, code, `"${label}" ${what}.`, label));
  };
  if (values.length > 1) return wrong('repeated-field', 'was sent more than once');
  if (isBlank(value)) return field.required ? wrong('missing-field', 'is required') : undefined;
  const reading = readField(field, value, country);
  if (!('value' in reading)) return wrong(reading.code, reading.message);
  const refused = refuseName(name, reading.value);
  return refused ? wrong(refused.code, refused.message) : reading.value;
};

/** Only the declared value, once, is a yes. Anything else is silence, not a refusal. */
const readConsent = (
  form: Form,
  formId: string,
  values: FormValues,
  origin?: string,
): Submission['consent'] => {
  const asked = form.consent;
  const given = asked && values.get(asked.field);
  if (!asked || given?.length !== 1 || given[0] !== asked.value) return [];
  const { channel, topic, text } = asked;
  return [
    {
      ...{ channel, given: true, text, source: `form:${formId}` },
      ...(topic === undefined ? {} : { topic }),
      ...(origin === undefined ? {} : { origin }),
      // With double opt-in the box alone is no consent; it takes the click in the confirmation mail.
      ...(form.doubleOptIn === false ? {} : { pending: true as const }),
    },
  ];
};

const known = (form: Form): ReadonlySet<string> =>
  new Set([
    ...[...Object.keys(form.fields), form.consent?.field ?? '', form.honeypot ?? ''],
    ...[shownAtField, visitorField, pageField, referrerField, ...utmMarks],
    ...challengeFields,
  ]);

export const readSubmission = (
  form: Form,
  formId: string,
  values: FormValues,
  context: { country?: string | undefined; origin?: string | undefined },
): Answers => {
  const fields: Record<string, FieldValue> = {};
  const issues: Issue[] = [];
  for (const name of Object.keys(form.fields)) {
    const read = readOne(form, name, values.get(name) ?? [], context.country);
    if (typeof read === 'object') issues.push(read);
    else if (read !== undefined) fields[name] = read;
  }
  if (issues.length === 0 && identitiesIn(fields).length === 0)
    issues.push(issue('email', 'no-identity', wordsOf(form, 'no-identity', nobody)));
  const ignored = [...values.keys()].filter((name) => !known(form).has(name));
  return { fields, consent: readConsent(form, formId, values, context.origin), issues, ignored };
};

/** Names that lead to a contact: what is no address leads nowhere, whatever the form calls it. */
export const identitiesIn = (fields: Readonly<Record<string, FieldValue>>): Identity[] =>
  Object.entries({ email: normaliseEmail, phone: normalisePhone }).flatMap(([kind, normalise]) => {
    const value = normalise(String(fields[kind] ?? ''));
    return value === undefined ? [] : [{ kind: kind as Identity['kind'], value }];
  });
