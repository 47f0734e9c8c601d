import { type Finding, stepRule } from '../../../../checks/rule.ts';
import type { JourneyView, StepEntry } from '../../../../checks/view.ts';
import { mayFollow, waysBetween } from '../../../../checks/ways.ts';
import type { GotoStep } from '../../schema.ts';

export const loopWithoutWait = stepRule<GotoStep>('goto', {
  id: 'loop-without-wait',
  severity: 'error',
  title: 'A loop holds a wait',
  explain:
    'Each way from the step that `goto` names back to the `goto` needs a `wait`, a `waitFor` or a task with outcomes. One with an `if` of its own may be passed by and does not count; neither does a wait until a date, which is past in the second round, nor do the answers of a `waitFor` without `since` a step of the loop, as what happened in one round would answer it in each later one at once.',
  why: 'Without a wait all rounds of the loop happen in the same minute: the contact would get every message of them at once.',
  example: {
    wrong: `[{ "id": "mail", "type": "email", "template": "welcome" },
 { "id": "again", "type": "goto", "step": "mail", "atMost": 3 }]`,
    right: `[{ "id": "mail", "type": "email", "template": "welcome" },
 { "id": "three-days", "type": "wait", "for": "3 days" },
 { "id": "again", "type": "goto", "step": "mail", "atMost": 3 }]`,
  },
  check: (step, entry, view) => {
    const target = view.byId.get(step.step);
    if (!target || target.order > entry.order || !comesBack(view, target, entry)) return [];
    return [loop(step)];
  },
});

/** Is there a way from the target to the goto on which nothing certainly waits? */
const comesBack = (view: JourneyView, target: StepEntry, entry: StepEntry): boolean =>
  waysBetween(view, target, entry, (passed) => {
    if (passed.parts.waits !== true || passed.step?.if !== undefined) return 'anyhow';
    return passed.parts.hearsPast && !hearsThisRound(view, passed, target) ? 'answered' : 'never';
  });

/** What it waits for counts since a step of the loop, so that no round is answered by an earlier one. */
const hearsThisRound = (view: JourneyView, { parts }: StepEntry, target: StepEntry): boolean =>
  (parts.uses ?? []).some((use) => {
    const since = use.kind === 'step' ? view.byId.get(use.value) : undefined;
    return since !== undefined && (since === target || mayFollow(view, target, since));
  });

const loop = ({ id, step }: GotoStep): Finding => ({
  path: ['step'],
  message: `step "${id}" goes back to "${step}", and between the two is a way without a wait`,
  hint: 'put a wait such as { "type": "wait", "for": "3 days" } into the loop, or let its waitFor count "since" a step of the loop',
});
