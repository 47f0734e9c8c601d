import { checkDocument } from '#statemachines/checks/check';
import { fixDocument } from '#statemachines/checks/fix/fix';
import { parseText } from '#statemachines/document/parse';
import { completeAt, explainAt } from './language.ts';
import type { CheckedText, Question, Reader } from './protocol.ts';
import { readableJourney } from './readable.ts';

const check = (text: string): CheckedText => {
  const { issues } = checkDocument(text);
  const parsed = parseText(text);
  const readable = readableJourney(parsed.value);
  const steps = [...(readable?.steps ?? [])].map(([path, id]) => ({
    ...{ id, path, line: parsed.position(partsOf(path)).line },
  }));
  return { issues, readable: readable?.journey, steps };
};

/** The names in it are those of the language, without a slash among them. */
const partsOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const reader: Reader = {
  check: async (text) => check(text),
  mend: async (text) => {
    const fixed = fixDocument(text);
    return { text: fixed.text, repaired: fixed.repaired.length };
  },
  complete: completeAt,
  explain: explainAt,
};

const answer = ({ name, given }: Question): Promise<unknown> =>
  (reader[name] as (...all: typeof given) => Promise<unknown>)(...given);

addEventListener('message', async ({ data }: MessageEvent<{ id: number; question: Question }>) => {
  try {
    postMessage({ id: data.id, answer: await answer(data.question) });
  } catch (error) {
    postMessage({ id: data.id, failed: error instanceof Error ? error.message : String(error) });
  }
});
