export const documentHead = `{
  "wayleaf": 1, "id": "j", "name": "J",
  "enter": { "on": [{ "manual": true }] },`;
/** The first step begins in line 5, column 5. */
const steps = (text: string): string => `${documentHead}\n  "steps": [\n    ${text}\n  ]\n}`;
const long = 'x'.repeat(201);
const manySteps = Array.from(
  { length: 2001 },
  (_, i) => `{ "id": "s${i}", "type": "notify", "team": "sales", "text": "x" }`,
);

/** Documents with a bad step, and their issues as `line:column code`. */
export const badSteps: [name: string, text: string, issues: string[]][] = [
  [
    'a type with a slip',
    steps(`{ "id": "a", "type": "emial", "template": "welcome" }`),
    ['5:26 unknown-type'],
  ],
  ['a type in another writing', steps(`{ "id": "a", "type": "wait-for" }`), ['5:26 unknown-type']],
  [
    'a type that comes later',
    steps(`{ "id": "a", "type": "webhook", "url": "https://x.example" }`),
    ['5:26 not-supported-yet'],
  ],
  [
    'a type of Step Functions',
    steps(`{ "id": "a", "type": "Task", "Resource": "arn:aws:lambda", "Next": "b" }`),
    ['5:26 unknown-type'],
  ],
  ['no type', steps(`{ "id": "a" }`), ['5:5 missing-member']],
  ['no id', steps(`{ "type": "exit" }`), ['5:5 missing-member']],
  ['an id with capitals', steps(`{ "id": "First_Mail", "type": "exit" }`), ['5:13 wrong-form']],
  ['a text instead of a step', steps(`"welcome"`), ['5:5 wrong-type']],
  [
    'one id twice',
    steps(`{ "id": "a", "type": "email", "template": "welcome" },
    { "id": "a", "type": "email", "template": "welcome" }`),
    ['6:13 duplicate-id'],
  ],
  [
    'a required member with a slip',
    steps(`{ "id": "a", "type": "email", "templat": "welcome" }`),
    ['5:35 unknown-member'],
  ],
  [
    'an unknown template',
    steps(`{ "id": "a", "type": "email", "template": "welcom" }`),
    ['5:47 unknown-template'],
  ],
  [
    'a template of another channel',
    steps(`{ "id": "a", "type": "email", "template": "reminder" }`),
    ['5:47 wrong-channel'],
  ],
  [
    'marketing mail without an unsubscribe link',
    steps(`{ "id": "a", "type": "email", "template": "plain" }`),
    ['5:47 no-unsubscribe'],
  ],
  [
    'an unknown team',
    steps(`{ "id": "a", "type": "notify", "team": "slaes", "text": "x" }`),
    ['5:44 unknown-team'],
  ],
  [
    'an unknown segment, form and topic',
    steps(`{ "id": "a", "type": "waitFor", "branches": [
      { "answer": "x", "on": { "form": "demo" }, "if": { "segment": "dormnt" }, "steps": [] },
      { "answer": "y", "on": { "tag": "t" }, "if": { "consent": "emial" }, "steps": [] }
    ], "atMost": "1 day", "otherwise": { "steps": [] } }`),
    ['6:40 unknown-form', '6:69 unknown-segment', '7:65 unknown-topic'],
  ],
  [
    'a message that no step sends',
    steps(`{ "id": "a", "type": "exit", "if": { "message": "nobody", "was": "clicked" } }`),
    ['5:53 unknown-step'],
  ],
  [
    'a message that is a wait',
    steps(`{ "id": "a", "type": "wait", "for": "1 day" },
    { "id": "b", "type": "exit", "if": { "message": "a", "was": "clicked" } }`),
    ['6:53 not-a-message'],
  ],
  [
    'a message that is sent later',
    steps(`{ "id": "a", "type": "exit", "if": { "message": "b", "was": "clicked" } },
    { "id": "b", "type": "email", "template": "welcome" }`),
    ['5:53 message-not-yet-sent'],
  ],
  [
    'a message of the other branch',
    steps(`{ "id": "s", "type": "split", "arms": [
      { "name": "one", "weight": 50, "steps": [{ "id": "a", "type": "email", "template": "welcome" }] },
      { "name": "two", "weight": 50, "steps": [{ "id": "b", "type": "exit", "if": { "message": "a", "was": "opened" } }] }
    ] }`),
    ['7:96 message-not-yet-sent'],
  ],
  [
    'a step after an exit',
    steps(`{ "id": "a", "type": "exit" },
    { "id": "b", "type": "email", "template": "welcome" },
    { "id": "c", "type": "email", "template": "welcome" }`),
    ['6:5 unreachable-step'],
  ],
  [
    'a step after a decision that always exits',
    steps(`{ "id": "d", "type": "decide", "question": "?", "branches": [
      { "answer": "x", "if": { "tag": "x" }, "steps": [{ "id": "a", "type": "exit" }] }
    ], "otherwise": { "steps": [{ "id": "b", "type": "exit" }] } },
    { "id": "c", "type": "email", "template": "welcome" }`),
    ['8:5 unreachable-step'],
  ],
  ['a wait over a year', steps(`{ "id": "a", "type": "wait", "for": "400 days" }`), ['5:41 wait-too-long']],
  [
    'waits that sum to more than a year',
    steps(`{ "id": "a", "type": "wait", "for": "300 days" },
    { "id": "b", "type": "wait", "for": "100 days" }`),
    ['4:12 run-too-long'],
  ],
  ['a wait in months', steps(`{ "id": "a", "type": "wait", "for": "2 months" }`), ['5:41 wrong-form']],
  ['a wait in half hours', steps(`{ "id": "a", "type": "wait", "for": "1.5 hours" }`), ['5:41 wrong-form']],
  ['a wait that is a number', steps(`{ "id": "a", "type": "wait", "for": 3600 }`), ['5:41 wrong-type']],
  [
    'a day with a slip',
    steps(`{ "id": "a", "type": "wait", "until": { "time": "09:30", "days": ["monday"] } }`),
    ['5:71 wrong-value'],
  ],
  [
    'weights that do not sum to 100',
    steps(
      `{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 50, "steps": [] }, { "name": "y", "weight": 40, "steps": [] }] }`,
    ),
    ['5:43 weights-not-100'],
  ],
  [
    'a weight in quotes',
    steps(
      `{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": "50", "steps": [] }, { "name": "y", "weight": 50, "steps": [] }] }`,
    ),
    ['5:69 wrong-type'],
  ],
  [
    'an empty list of conditions',
    steps(`{ "id": "a", "type": "exit", "if": { "all": [] } }`),
    ['5:49 empty-audience'],
  ],
  [
    'an unknown condition',
    steps(`{ "id": "a", "type": "exit", "if": { "field": "x", "equals": 1 } }`),
    ['5:40 unknown-condition'],
  ],
  [
    'a list of values that is empty',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "x", "in": [] } }`),
    ['5:64 empty-list'],
  ],
  [
    'an unknown operator',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "x", "atleast": 5 } }`),
    ['5:58 unknown-member'],
  ],
  [
    'a comparison with nothing',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "x" } }`),
    ['5:40 missing-operator'],
  ],
  [
    'a score compared with a text',
    steps(`{ "id": "a", "type": "exit", "if": { "score": { "atLeast": "x" } } }`),
    ['5:64 wrong-type'],
  ],
  [
    'a mistake deep in a condition',
    steps(
      `{ "id": "a", "type": "exit", "if": { "any": [{ "tag": "x" }, { "not": { "did": "Bought", "inLast": "3 moons" } }] } }`,
    ),
    ['5:104 wrong-form'],
  ],
  [
    'a text field compared with a number',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "email", "above": 5 } }`),
    ['5:71 never-true'],
  ],
  [
    'tags compared like a text',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "tags", "is": "vip" } }`),
    ['5:67 never-true'],
  ],
  [
    'a range without numbers',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "size", "above": 10, "below": 5 } }`),
    ['5:40 never-true'],
  ],
  [
    'conditions that exclude each other',
    steps(`{ "id": "a", "type": "exit", "if": { "all": [{ "stage": "lead" }, { "stage": "customer" }] } }`),
    ['5:40 never-true'],
  ],
  [
    'a trigger without properties',
    steps(
      `{ "id": "a", "type": "exit", "if": { "did": "Bought", "where": { "trigger": "total", "above": 5 } } }`,
    ),
    ['5:81 wrong-path'],
  ],
  [
    'a path with its source in front',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "contact.plan", "is": "pro" } }`),
    ['5:53 wrong-path'],
  ],
  [
    'a path into the prototype',
    steps(`{ "id": "a", "type": "exit", "if": { "contact": "a..b", "is": "pro" } }`),
    ['5:53 wrong-form'],
  ],
  [
    'four criteria',
    steps(
      `{ "id": "a", "type": "exit", "if": { "all": [{ "tag": "a" }, { "tag": "b" }, { "any": [{ "tag": "c" }, { "tag": "d" }] }] } }`,
    ),
    ['5:40 over-segmentation'],
  ],
  [
    'a dead branch',
    steps(`{ "id": "d", "type": "decide", "question": "?", "branches": [
      { "answer": "adult", "if": { "contact": "age", "atLeast": 18 }, "steps": [] },
      { "answer": "old", "if": { "contact": "age", "atLeast": 65 }, "steps": [] }
    ], "otherwise": { "steps": [] } }`),
    ['7:32 dead-branch'],
  ],
  [
    'two branches of one name',
    steps(`{ "id": "d", "type": "decide", "question": "?", "branches": [
      { "answer": "x", "if": { "tag": "a" }, "steps": [] },
      { "answer": "x", "if": { "tag": "b" }, "steps": [] }
    ], "otherwise": { "steps": [] } }`),
    ['7:19 duplicate-answer'],
  ],
  [
    'otherwise as a list',
    steps(
      `{ "id": "d", "type": "decide", "question": "?", "branches": [{ "answer": "x", "if": { "tag": "a" }, "steps": [] }], "otherwise": [] }`,
    ),
    ['5:134 wrong-type'],
  ],
  [
    'a variable that no contact has',
    steps(`{ "id": "a", "type": "sms", "text": "Hello {{ contact.fristName }}, {{ user.name }}" }`),
    ['5:41 unknown-variable', '5:41 unknown-variable'],
  ],
  [
    'a variable that is not closed',
    steps(`{ "id": "a", "type": "sms", "text": "Hello {{ contact.firstName }" }`),
    ['5:41 broken-text'],
  ],
  [
    'a tag that reads files',
    steps(`{ "id": "a", "type": "sms", "text": "{% render 'secret' %}" }`),
    ['5:41 expression-text'],
  ],
  [
    'an expression in the data of a mail',
    steps(`{ "id": "a", "type": "email", "template": "welcome", "data": { "x": ["{% $eval(1) %}"] } }`),
    ['5:74 expression-text'],
  ],
  [
    'a variable in a name',
    steps(`{ "id": "a", "type": "exit", "name": "Bye {{ contact.firstName }}" }`),
    ['5:42 not-rendered'],
  ],
  [
    'a slip that does not hide the next mistake',
    steps(`{ "id": "a", "type": "email", "template": "welcom", "subjct": "x" },
    { "id": "b", "type": "wait", "for": "1 dya" },
    { "id": "c", "type": "email", "template": "welcom" }`),
    ['5:47 unknown-template', '5:57 unknown-member', '6:41 wrong-form', '7:47 unknown-template'],
  ],
  [
    'a text and a template',
    steps(`{ "id": "a", "type": "sms", "text": "x", "template": "reminder" }`),
    ['5:46 too-many-members'],
  ],
  [
    'one arm only',
    steps(`{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 100, "steps": [] }] }`),
    ['5:43 too-few'],
  ],
  [
    'a weight above 100',
    steps(
      `{ "id": "a", "type": "split", "arms": [{ "name": "x", "weight": 150, "steps": [] }, { "name": "y", "weight": 0, "steps": [] }] }`,
    ),
    ['5:69 too-large'],
  ],
  [
    'too many days',
    steps(
      `{ "id": "a", "type": "wait", "until": { "time": "09:30", "days": ["mon", "mon", "mon", "mon", "mon", "mon", "mon", "mon"] } }`,
    ),
    ['5:70 too-many'],
  ],
  ['an empty text', steps(`{ "id": "a", "type": "exit", "as": "" }`), ['5:40 empty-text']],
  ['a name of 201 letters', steps(`{ "id": "a", "type": "exit", "as": "${long}" }`), ['5:40 too-long']],
  [
    'a task that awaits an answer without outcomes',
    steps(`{ "id": "a", "type": "task", "team": "sales", "title": "Call", "atMost": "1 day" }`),
    ['5:68 outcomes-missing'],
  ],
  [
    'a task that waits without an end',
    steps(`{ "id": "a", "type": "task", "team": "sales", "title": "Call", "outcomes": ["reached"] }`),
    ['5:5 at-most-missing'],
  ],
  [
    'a branch that is no outcome',
    steps(
      `{ "id": "a", "type": "task", "team": "sales", "title": "Call", "outcomes": ["reached"], "branches": [{ "answer": "Reached", "steps": [] }], "atMost": "1 day" }`,
    ),
    ['5:118 unknown-outcome'],
  ],
  [
    'a tag given and taken',
    steps(`{ "id": "a", "type": "update", "addTags": ["x"], "removeTags": ["x"] }`),
    ['5:69 contradicting-update'],
  ],
  [
    'a wait from long to short',
    steps(`{ "id": "a", "type": "wait", "for": { "between": ["3 hours", "1 hour"] } }`),
    ['5:54 between-reversed'],
  ],
  [
    'ranges that overlap',
    steps(`{ "id": "d", "type": "decide", "question": "?", "branches": [
      { "answer": "young", "if": { "contact": "age", "atMost": 30 }, "steps": [] },
      { "answer": "old", "if": { "contact": "age", "atLeast": 25 }, "steps": [] }
    ], "otherwise": { "steps": [] } }`),
    ['7:32 overlapping-branches'],
  ],
  ['more than 2,000 steps', steps(manySteps.join(',\n    ')), ['2005:5 too-many-steps']],
];
