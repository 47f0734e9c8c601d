import { describe, describeTrigger } from '#conditions/describe';
import type { PlanNode } from '../compile/plan.ts';
import type { Journey, Step } from '../document/schema.ts';
import { describeStep } from '../steps/registry.ts';
import { readable } from './readable.ts';

/** What a card says. */
export interface CardWords {
  title: string;
  detail?: string;
  /** The step's own `if`. */
  condition?: string;
}

export const cardWords = (node: PlanNode): CardWords => {
  const { step } = node;
  if (!step) return { title: node.name };
  const title = node.name === node.id ? asTitle(node.id) : node.name;
  const detail = describeStep(readableTexts(step));
  // An update that changes nothing yet has but its type to tell.
  const tells = detail !== 'update' && detail.toLowerCase() !== title.toLowerCase();
  return {
    title,
    ...(tells && { detail }),
    ...(step.if && { condition: `only if ${describe(step.if)}` }),
  };
};

/** Before they are shortened, which could cut a variable in two. */
const readableTexts = (step: Step): Step =>
  Object.fromEntries(
    Object.entries(step).map(([name, value]) => [name, typeof value === 'string' ? readable(value) : value]),
  ) as Step;

/** `office-hours` reads "Office hours". */
const asTitle = (id: string): string => (id[0] ?? '').toUpperCase() + id.slice(1).replaceAll('-', ' ');

export interface RootWords {
  title: string;
  lines: string[];
}

/** The root is the objective; below it what starts, ends and crowns a run. */
export const rootWords = ({ name, objective, enter, exit, goal }: Journey): RootWords => ({
  title: objective ?? name,
  lines: [
    ...(objective && objective.toLowerCase() !== name.toLowerCase() ? [name] : []),
    `Starts: ${enter.on.map(describeTrigger).join(', or ')}${enter.if ? `, if ${describe(enter.if)}` : ''}`,
    ...(goal ? [`Goal: ${describeTrigger(goal.on)}${goal.within ? ` within ${goal.within}` : ''}`] : []),
    ...(exit ?? []).map(
      (rule) =>
        `Ends at once: ${[rule.on && describeTrigger(rule.on), rule.if && `if ${describe(rule.if)}`].filter(Boolean).join(', ')}`,
    ),
  ],
});
