import { createPlan, type Plan, type PlanNode } from '../compile/plan.ts';
import type { Journey } from '../document/schema.ts';
import { connectorsOf } from './connectors.ts';
import { type PictureCounts, written } from './counts.ts';
import { arrowBlock, type Drawing, extent, sequenceBlock, stack } from './layout.ts';
import { rootOf } from './measure.ts';
import { render, renderRoot } from './render.ts';
import { escapeXml } from './text.ts';
import { stylesheet, type Theme } from './theme.ts';
import { type RootWords, rootWords } from './words.ts';

const margin = 32;

export interface PictureOptions {
  /** How many contacts came along each way. */
  counts?: PictureCounts;
  title?: string;
  theme?: Theme;
}

/** The journey as a tree for people: the objective on top, then what is done, asked and awaited. SVG. */
export const drawPicture = (document: Journey, options: PictureOptions = {}): string => {
  const { counts = {}, title = document.name, theme } = options;
  const plan = createPlan(document);
  return drawTree(plan, { root: rootWords(document), drawing: drawingOf(plan, counts), title, theme });
};

/** What is drawn, where it is more than one document says. */
export interface Tree {
  root: RootWords;
  drawing: Drawing;
  title: string;
  theme?: Theme | undefined;
}

export const drawTree = (plan: Plan, { root: words, drawing, title, theme }: Tree): string => {
  const root = rootOf(words);
  const tree = stack([arrowBlock(written(drawing.counts.entered)), sequenceBlock(plan.steps, true, drawing)]);
  const reach = extent(tree);
  const left = Math.max(root.width / 2, reach.left) + margin;
  const width = Math.ceil(left + Math.max(root.width / 2, reach.right) + margin);
  const height = Math.ceil(2 * margin + root.height + tree.height);
  return [
    opening(plan, width, height),
    heading(plan, title),
    `<style>${stylesheet(theme, drawing.markOf !== undefined)}</style>`,
    `<rect class="wl-paper" width="${width}" height="${height}" rx="12"/>`,
    ...inLayers(tree.draw(left, margin + root.height)).map(render),
    renderRoot(root, left, margin),
    '</svg>',
  ].join('\n');
};

export const drawingOf = (plan: Plan, counts: PictureCounts): Drawing => {
  const leaves = new Set(plan.leaves.map(({ step, answer }) => JSON.stringify([step, answer])));
  return {
    counts,
    isLeaf: (step, answer) => leaves.has(JSON.stringify([step, answer])),
    connectors: connectorsOf(plan.nodes.values()),
  };
};

/** Ways lie below what stands on them. */
const inLayers = <S extends { kind: string }>(shapes: readonly S[]): S[] => [
  ...shapes.filter(({ kind }) => kind === 'way'),
  ...shapes.filter(({ kind }) => kind !== 'way'),
];

const opening = (plan: Plan, width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="wl-${plan.journey.id}-title wl-${plan.journey.id}-desc">`;

const heading = (plan: Plan, title: string): string =>
  `<title id="wl-${plan.journey.id}-title">${escapeXml(title)}</title>\n<desc id="wl-${plan.journey.id}-desc">${escapeXml(description(plan))}</desc>`;

/** The tree in words, for those who hear it. */
const description = (plan: Plan): string => {
  const nodes = [...plan.nodes.values()].filter(({ kind }) => kind !== 'end');
  return `A decision tree of ${nodes.length} steps with ${plan.leaves.length} ends. ${nodes.map(sentence).join(' ')}`;
};

const sentence = ({ name, branches }: PlanNode): string =>
  branches.length === 0 ? `${name}.` : `${name}: ${branches.map(({ answer }) => answer).join(', or ')}.`;
