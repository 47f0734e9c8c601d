import type { FormValues } from '#http/form-body';
import { Refusal } from '#kernel/errors';
import type { Form } from '#model/form';
import { isBlank } from '#policy/contacts/read-field';
import { shownAtField } from './submission.ts';

const millisecondsOf = (text: unknown): number =>
  typeof text === 'string' && !/^\d+$/.test(text) ? Date.parse(text) : Number(text);

const missingShownAt = (): Refusal => {
  const message = `This form asks for "${shownAtField}": when it was shown, as ISO time or milliseconds. The web snippet adds it.`;
  const issue = { code: 'missing-shown-at', severity: 'error', path: `/${shownAtField}`, message } as const;
  return new Refusal(422, 'invalid-fields', message, { issues: [issue] });
};

/**
 * Who fills what people do not see, or is quicker than people can be. A form that asks for time and
 * gets none is refused aloud, so that a page without the snippet is noticed at its first test.
 */
export const isRobot = (form: Form, values: FormValues, now: number): boolean => {
  if (form.honeypot !== undefined && (values.get(form.honeypot) ?? []).some((value) => !isBlank(value)))
    return true;
  if (form.minimumSeconds === 0) return false;
  const shownAt = millisecondsOf(values.get(shownAtField)?.[0]);
  if (Number.isNaN(shownAt)) throw missingShownAt();
  const elapsed = now - shownAt;
  return elapsed >= 0 && elapsed < form.minimumSeconds * 1000;
};
