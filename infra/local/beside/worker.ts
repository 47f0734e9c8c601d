import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Prepared } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { createBesideFunctions } from './functions.ts';
import type { Answer, FromWorker, Question, Setting, ToWorker } from './protocol.ts';

const say = (what: FromWorker[], bytes: ArrayBuffer[] = []): void => parentPort?.postMessage(what, bytes);

const functions = workerData && createBesideFunctions(workerData as Setting, (what) => say([what]));

/** A mail's bytes change hands instead of being copied; what lies in a shared pool cannot. */
const bytesOf = (prepared: Prepared): ArrayBuffer[] => {
  if (!('message' in prepared) || prepared.message.channel !== 'email') return [];
  prepared.message.raw = new Uint8Array(prepared.message.raw);
  return [prepared.message.raw.buffer as ArrayBuffer];
};

const outcomeOf = async (question: Question): Promise<Answer> => {
  const { id } = question;
  try {
    return {
      id,
      value: await ('order' in question ? prepareMessage(question.order) : functions.call(question.call)),
    };
  } catch (error) {
    return { id, error };
  }
};

/** Few enough that the first thread goes on with some while others are made. */
const atOnce = 8;
const orders: Question[] = [];
let making = false;

const answer = async (questions: readonly Question[]): Promise<void> => {
  const answers = await Promise.all(questions.map(outcomeOf));
  say(
    answers,
    answers.flatMap(({ value }) => bytesOf((value ?? {}) as Prepared)),
  );
};

const make = async (): Promise<void> => {
  if (making) return;
  making = true;
  while (orders.length > 0) {
    await answer(orders.splice(0, atOnce));
    // What was said meanwhile is heard before the next ones.
    await setImmediate();
  }
  making = false;
};

parentPort?.on('message', (said: ToWorker[]) => {
  for (const what of said) {
    if ('asked' in what) functions.hear(what);
    else if ('order' in what) orders.push(what);
    else void answer([what]);
  }
  void make();
});
