import { createPlan, endId, type PlanEdge, type PlanNode } from '../compile/plan.ts';
import type { Journey } from '../document/schema.ts';
import { cardWords, rootWords } from './words.ts';

/** The same tree as a Mermaid flowchart, for wikis and README files. */
export const drawMermaid = (document: Journey): string => {
  const plan = createPlan(document);
  const nodes = [...plan.nodes.values()];
  const names = new Map(nodes.map(({ id }, i) => [id, `s${i}`]));
  const name = (id: string): string => names.get(id) ?? id;
  return [
    'flowchart TD',
    `  root(["${quoted(rootWords(document).title)}"]) --> ${name(plan.start)}`,
    ...nodes.map((node) => `  ${name(node.id)}${shape(node)}`),
    ...nodes.flatMap((node) =>
      node.edges.map((edge) => `  ${name(node.id)} ${arrow(edge)} ${name(edge.to)}`),
    ),
    '',
  ].join('\n');
};

const shape = (node: PlanNode): string => {
  const { title, detail } = cardWords(node);
  const text = `"${quoted([title, detail].filter(Boolean).join('\n'))}"`;
  if (node.id === endId) return '((" "))';
  if (node.kind === 'decision') return `{{${text}}}`;
  if (node.kind === 'wait') return `([${text}])`;
  return node.kind === 'exit' ? `[[${text}]]` : `[${text}]`;
};

const arrow = ({ kind, label }: PlanEdge): string => {
  if (kind === 'jump') return '-. back .->';
  if (kind === 'next') return '-->';
  return kind === 'skip' ? '-. skipped .->' : `-->|"${quoted(label ?? '')}"|`;
};

/** Mermaid reads entities by number; with every other sign written so, no text can end its quotes. */
const quoted = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N} \n.,:;?!'()/+%-]/gu, (sign) => `#${sign.codePointAt(0)};`)
    .replaceAll('\n', '<br/>');
