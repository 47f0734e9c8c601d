import type { ExamplePlace } from '#kernel/explained';

/** A whole document around a piece of one. */
export interface ExampleDocument {
  text: string;
  /** Line of the document in which the piece begins, 1-based. It ends in a line of its own. */
  line: number;
}

const head = `{
  "wayleaf": 1, "id": "hello", "name": "Hello",
  "enter": { "on": [{ "manual": true }] },
`;
const anyStep = '"steps": [{ "id": "bye", "type": "exit" }]\n}\n';

const around: Record<Exclude<ExamplePlace, 'words'>, (piece: string) => [before: string, after: string]> = {
  steps: (piece) =>
    piece.startsWith('[') ? [`${head}"steps":\n`, '\n}\n'] : [`${head}"steps": [\n`, '\n]}\n'],
  condition: () => [`${head}"steps": [{ "id": "bye", "type": "exit", "if":\n`, '\n}]}\n'],
  members: () => [head, `,\n${anyStep}`],
  text: () => ['', ''],
};

/** The document that a piece of an example stands for; nothing where the example is in words. */
export const exampleDocument = (
  piece: string,
  place: ExamplePlace = 'steps',
): ExampleDocument | undefined => {
  if (place === 'words') return undefined;
  const [before, after] = around[place](piece);
  return { text: before + piece + after, line: before.split('\n').length };
};
