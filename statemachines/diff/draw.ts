import { createPlan } from '../compile/plan.ts';
import type { Journey } from '../document/schema.ts';
import { drawingOf, drawTree } from '../picture/picture.ts';
import type { Theme } from '../picture/theme.ts';
import { rootWords } from '../picture/words.ts';
import { diffJourneys, summaryOf } from './diff.ts';
import { mergePlans } from './merge.ts';

/** Both trees in one picture: what is new, gone, changed and moved is marked by word, form and colour. SVG. */
export const drawDiff = (
  before: Journey,
  after: Journey,
  options: { title?: string; theme?: Theme } = {},
): string => {
  const changes = diffJourneys(before, after);
  const plan = createPlan(after);
  const { steps, marks } = mergePlans(createPlan(before), plan, changes);
  const { title } = rootWords(after);
  const around = changes.filter(({ step }) => step === undefined).map(({ says }) => `≠ ${says}`);
  return drawTree(
    { ...plan, steps },
    {
      root: { title, lines: [options.title ?? after.name, summaryOf(changes), ...around] },
      drawing: { ...drawingOf(plan, {}), markOf: (part) => marks.get(part) },
      title: `${options.title ?? after.name}: ${summaryOf(changes)}`,
      theme: options.theme,
    },
  );
};
