import { find } from '../../references.ts';
import type { Rule } from '../../rule.ts';
import type { JourneyView, StepEntry } from '../../view.ts';

export const noUnsubscribe: Rule = {
  id: 'no-unsubscribe',
  severity: 'error',
  title: 'Marketing mail has an unsubscribe link',
  explain:
    'The template of a marketing mail holds `{{ links.unsubscribe }}`. A journey of class `transactional` needs none.',
  why: 'The law and the mailbox providers ask for a link in the mail itself, beside the header that Wayleaf adds. Without it the sender’s good name is soon gone.',
  example: {
    wrong: '{ "id": "mail", "type": "email", "template": "plain" }',
    right: '{ "id": "mail", "type": "email", "template": "plain", "sending": { "class": "transactional" } }',
  },
  check: (view) =>
    view.uses.flatMap((use) => {
      if (use.kind !== 'template' || use.channel !== 'email' || !isMarketing(view, use.entry)) return [];
      if (find(view.references.templates ?? {}, use.value)?.hasUnsubscribe !== false) return [];
      const message = `template "${use.value}" has no unsubscribe link, and this journey sends marketing mail`;
      return [{ path: use.path, message, hint: 'add {{ links.unsubscribe }} to the template' }];
    }),
};

interface WithClass {
  class?: unknown;
}
const isMarketing = ({ raw }: JourneyView, entry: StepEntry | undefined): boolean => {
  const own = (entry?.step as { sending?: WithClass } | undefined)?.sending?.class;
  const general = (raw.sending as WithClass | null | undefined)?.class;
  return (own ?? general ?? 'marketing') === 'marketing';
};
