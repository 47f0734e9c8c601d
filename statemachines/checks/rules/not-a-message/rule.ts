import { messageRefs } from '../../message-refs.ts';
import type { Rule } from '../../rule.ts';
import type { JourneyView, StepEntry } from '../../view.ts';

export const notAMessage: Rule = {
  id: 'not-a-message',
  severity: 'error',
  title: 'What is to be opened or clicked is a message',
  explain:
    'Only steps that send a message to the contact (`email`, `sms`, `push`) can have been sent, delivered, opened or clicked.',
  why: 'A wait or an update is never opened, so the condition would be false for everybody.',
  example: {
    wrong: `[{ "id": "three-days", "type": "wait", "for": "3 days" },
 { "id": "done", "type": "exit", "if": { "message": "three-days", "was": "clicked" } }]`,
    right: `[{ "id": "welcome", "type": "email", "template": "welcome" },
 { "id": "done", "type": "exit", "if": { "message": "welcome", "was": "clicked" } }]`,
  },
  check: (view) =>
    messageRefs(view).flatMap(({ path, value }) => {
      const entry = view.byId.get(value);
      if (!entry?.step || sendsMessage(entry)) return [];
      return [
        {
          path,
          message: `step "${value}" is of type "${entry.type}" and sends no message to the contact`,
          hint: someMessage(view),
        },
      ];
    }),
};

const sendsMessage = ({ parts }: StepEntry): boolean => parts.sends === true;

const someMessage = (view: JourneyView): string => {
  const messages = view.steps.filter(sendsMessage).map(({ id }) => `"${id}"`);
  return messages.length > 0
    ? `messages are: ${messages.slice(0, 8).join(', ')}`
    : 'this journey sends no message yet';
};
