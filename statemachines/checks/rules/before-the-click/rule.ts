import { find } from '../../references.ts';
import type { Rule } from '../../rule.ts';
import type { JourneyView } from '../../view.ts';

export const beforeTheClick: Rule = {
  id: 'before-the-click',
  severity: 'warning',
  title: 'A journey that mails after a form with double opt-in asks for consent',
  explain:
    'A form with `doubleOptIn` starts a journey twice: with the post, and with the click in the mail that asks. `"if": { "consent": "email" }` lets contacts in with the click.',
  why: 'Before the click every mail but the one that asks is skipped, so a journey that begins with the post loses its first mails.',
  example: {
    place: 'text',
    wrong:
      '{ "wayleaf": 1, "id": "news", "name": "News", "enter": { "on": [{ "form": "newsletter" }] }, "steps": [{ "id": "hello", "type": "email", "template": "welcome" }] }',
    right:
      '{ "wayleaf": 1, "id": "news", "name": "News", "enter": { "on": [{ "form": "newsletter" }], "if": { "consent": "email" } }, "steps": [{ "id": "hello", "type": "email", "template": "welcome" }] }',
  },
  check: (view) =>
    view.ofType('email').length === 0 || asksForConsent(view)
      ? []
      : view.triggers.flatMap(({ value, path }) =>
          'form' in value && path[0] === 'enter' && waitsForClick(view, value.form)
            ? [
                {
                  path: [...path, 'form'],
                  message: `the consent of form "${value.form}" waits for a click in a mail, and every other mail before that is skipped`,
                  hint: 'add "if": { "consent": "email" } to `enter`: then the journey starts with the click',
                },
              ]
            : [],
        ),
};

const asksForConsent = ({ conditions }: JourneyView): boolean =>
  conditions.some(({ value }) => JSON.stringify(value).includes('"consent":'));

const waitsForClick = ({ references }: JourneyView, id: string): boolean => {
  const form = find(references.forms ?? {}, id) as { doubleOptIn?: unknown } | undefined;
  return Boolean(form?.doubleOptIn);
};
