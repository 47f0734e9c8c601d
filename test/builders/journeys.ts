import type { Journey, Step } from '#statemachines/document/schema';

/** Journeys for tests. */

export const journeyOf = (steps: Step[], members: Partial<Journey> = {}): Journey => ({
  wayleaf: 1,
  id: 'a-journey',
  name: 'A journey',
  objective: 'See what happens',
  enter: { on: [{ event: 'Signed Up' }] },
  steps,
  ...members,
});

export const email = (id: string, members: object = {}): Step => ({
  id,
  type: 'email',
  template: 'welcome',
  ...members,
});

export const pause = (id: string, duration = '2 days', members: object = {}): Step => ({
  id,
  type: 'wait',
  for: duration,
  ...members,
});

/** A question about a contact's field of the same name. */
export const decide = (id: string, yes: Step[], no: Step[], members: object = {}): Step => ({
  id,
  type: 'decide',
  question: `Is it ${id}?`,
  branches: [{ answer: 'Yes', if: { contact: id.replaceAll('-', '_'), is: true }, steps: yes }],
  otherwise: { answer: 'No', steps: no },
  ...members,
});

export const waitForClick = (
  id: string,
  message: string,
  clicked: Step[],
  silent: Step[],
  members: object = {},
): Step => ({
  id,
  type: 'waitFor',
  branches: [{ answer: 'Clicked', on: { message, was: 'clicked' }, steps: clicked }],
  atMost: '3 days',
  otherwise: { answer: 'Silent', steps: silent },
  ...members,
});

export const halves = (id: string, first: Step[], second: Step[], members: object = {}): Step => ({
  id,
  type: 'split',
  arms: [
    { name: 'first', weight: 50, steps: first },
    { name: 'second', weight: 50, steps: second },
  ],
  ...members,
});

/** A task for a person whose outcome is awaited. */
export const call = (outcomes: string[], branches: string[]): Step => ({
  id: 'call',
  type: 'task',
  team: 'sales',
  title: 'Call',
  outcomes,
  branches: branches.map((answer) => ({ answer, steps: [email(`after-${answer}`)] })),
  atMost: '4 days',
});

/** The journey of the price list: on each way 5 mails, 4 waits and 2 decisions. */
export const referenceJourney = (): Journey =>
  journeyOf(
    [
      email('welcome', { name: 'Welcome' }),
      pause('after-welcome'),
      email('tips', { name: 'Tips' }),
      pause('after-tips', '3 days'),
      decide(
        'active',
        [email('praise', { name: 'Praise' }), pause('after-praise')],
        [email('help', { name: 'Help' }), pause('after-help')],
      ),
      email('story', { name: 'A story' }),
      pause('after-story', '1 week'),
      decide('large', [email('call-us', { name: 'Call us' })], [email('self-serve', { name: 'Self serve' })]),
    ],
    { id: 'reference', name: 'Reference journey' },
  );

/**
 * A journey of exactly `count` steps: mails, SMS, updates, waits, decisions, waits for clicks and tests,
 * nested up to `depth` deep, with names and texts as long as people write them. Always the same.
 */
export const syntheticJourney = (count: number, depth = 5): Journey =>
  journeyOf(synthesis().sequence(count, depth), { id: `synthetic-${count}` });

/** Turns through all forms, so that every size holds every form. */
const synthesis = () => {
  let made = 0;
  const id = (kind: string): string => `${kind}-${++made}`;
  const single = (): Step => singles[made % singles.length]!(id);
  const sequence = (count: number, depth: number): Step[] => {
    const steps: Step[] = [];
    for (let left = count; left > 0; ) {
      const size =
        depth > 0 && left >= 7 && steps.length % 3 === 2 ? Math.min(left, 9 * depth + (made % 5)) : 1;
      steps.push(size === 1 ? single() : branching(size, depth));
      left -= size;
    }
    return steps;
  };
  const branching = (size: number, depth: number): Step => {
    const half = Math.floor((size - 1) / 2);
    const make = branchings[made % branchings.length]!;
    const own = id('question');
    return make(own, sequence(half, depth - 1), sequence(size - 1 - half, depth - 1));
  };
  return { sequence };
};

const singles: readonly ((id: (kind: string) => string) => Step)[] = [
  (id) => email(id('mail'), { name: 'Send the letter of the week' }),
  (id) => pause(id('pause')),
  (id) => ({
    id: id('text'),
    type: 'sms',
    text: "{{ contact.firstName | default: 'Hello' }}, your trial is waiting",
  }),
  (id) => ({ id: id('tag'), type: 'update', name: 'Remember what they read', addTags: ['reader'] }),
  (id) => email(id('mail')),
  (id) => ({ id: id('morning'), type: 'wait', until: { time: '09:30', days: ['mon', 'wed'] } }),
];

const branchings: readonly ((id: string, first: Step[], second: Step[]) => Step)[] = [
  (id, first, second) =>
    decide(id, first, second, { question: `How engaged is the contact by now (${id})?` }),
  (id, first, second) => waitForClick(id, 'mail-1', first, second),
  (id, first, second) => halves(id, first, second, { name: `Two ways to say it (${id})` }),
];

/** Every step type, each way it can be compiled. */
export const everyStep = (): Journey => {
  const asks = { if: { tag: 'known' } };
  return journeyOf([
    decide('vip', [email('gift')], [], asks),
    pause('rest', '0 seconds', asks),
    waitForClick('reaction', 'gift', [pause('three-days')], [{ id: 'leave', type: 'exit', ...asks }], asks),
    { id: 'drawn', type: 'wait', for: { between: ['1 day', '2 days'] } },
    { id: 'renewal', type: 'wait', until: { date: 'contact.renewalDate', offset: '-30 days' } },
    halves(
      'test',
      [{ id: 'text', type: 'sms', text: 'Hello' }],
      [{ id: 'stop', type: 'exit', as: 'Done' }],
      asks,
    ),
    call(['reached', 'busy', 'gone'], ['reached']),
    { id: 'tell', type: 'notify', team: 'sales', text: 'Look' },
    { id: 'visit', type: 'task', team: 'sales', title: 'Visit' },
    { id: 'points', type: 'update', addScore: 5 },
    { id: 'morning', type: 'wait', until: { time: '09:30' } },
  ]);
};
