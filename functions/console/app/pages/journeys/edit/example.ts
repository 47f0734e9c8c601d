import { words } from '../../../words/words.ts';

const said = words.journeys.example;

/** Something that works as it stands, where the client has a template `thank-you`. */
export const example = `{
  "wayleaf": 1,
  "id": "welcome",
  "name": "${said.name}",
  "objective": "${said.objective}",
  "enter": { "on": [{ "event": "Signed Up" }], "if": { "consent": "email" } },
  "goal": { "on": { "event": "Order Completed" }, "within": "14 days" },
  "sending": { "class": "marketing", "quietHours": { "from": "21:00", "to": "08:00", "then": "hold" } },
  "steps": [
    { "id": "thanks", "type": "email", "name": "${said.thanks}", "template": "thank-you" },
    {
      "id": "reaction",
      "type": "waitFor",
      "branches": [
        { "answer": "${said.clicked}", "on": { "message": "thanks", "was": "clicked" }, "steps": [] }
      ],
      "atMost": "2 days",
      "otherwise": {
        "answer": "${said.nothing}",
        "steps": [{ "id": "tell-sales", "type": "notify", "team": "sales", "text": "${said.tell}" }]
      }
    }
  ]
}
`;

/** The journey that a text says it is, as far as it can be read. */
export const idIn = (text: string): string | undefined => {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' && /^[a-z][a-z0-9-]{0,47}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
};
