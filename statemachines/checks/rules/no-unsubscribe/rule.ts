import { find } from '../../references.ts';
import type { Rule } from '../../rule.ts';
import type { JourneyView, StepEntry } from '../../view.ts';

export const noUnsubscribe: Rule = {
  id: 'no-unsubscribe',
  severity: 'error',
  title: 'Marketing mail has an unsubscribe link',
  explain:
    'The law and the mailbox providers ask for a link in the mail itself, beside the header that Wayleaf adds.',
  example: {
    wrong: 'an e-mail template without {{ links.unsubscribe }}',
    right: '<a href="{{ links.unsubscribe }}">Unsubscribe</a>',
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
