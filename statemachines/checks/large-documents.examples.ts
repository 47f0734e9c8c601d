import { exampleDocument } from './explain/example-document.ts';

const documentOf = (piece: string, place: 'steps' | 'members'): string =>
  exampleDocument(piece, place)?.text ?? '';

/** Each with an `otherwise` that leads elsewhere than its 49 branches, so that none can be left out. */
const decisions = (count: number): string => {
  const branches = Array.from({ length: 49 }, (_, i) => ({ answer: `${i}`, if: { tag: `${i}` }, steps: [] }));
  const steps = Array.from({ length: count }, (_, i) => ({
    id: `ask-${i}`.padEnd(48, 'x'),
    type: 'decide',
    question: '?',
    branches,
    otherwise: { steps: [{ id: `bye-${i}`, type: 'exit' }] },
  }));
  return documentOf(JSON.stringify(steps), 'steps');
};

const notices = (count: number): string =>
  documentOf(
    Array.from(
      { length: count },
      (_, i) => `{ "id": "s${i}", "type": "notify", "team": "sales", "text": "x" }`,
    ).join(',\n'),
    'steps',
  );

const codes = 'checks/shape/codes';
/** Bad documents that would be a burden as files: where they would stand, their text, their issues. */
export const tooLargeForFiles: readonly (readonly [file: string, text: string, issues: string[]])[] = [
  [
    `${codes}/document-too-large/more-than-a-megabyte`,
    documentOf(`"objective": "${'é'.repeat(530_000)}"`, 'members'),
    ['1:1 document-too-large'],
  ],
  ['checks/rules/machine-over-limits/very-many-branches', decisions(200), ['1:1 machine-over-limits']],
  ['checks/rules/too-many-steps/two-thousand-and-one', notices(2001), ['2005:1 too-many-steps']],
];
