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

const answer = async (questions: readonly Question[]): Promise<void> => {
  if (questions.length === 0) return;
  const answers = await Promise.all(questions.map(outcomeOf));
  say(
    answers,
    answers.flatMap(({ value }) => bytesOf((value ?? {}) as Prepared)),
  );
};

parentPort?.on('message', (said: ToWorker[]) => {
  for (const what of said) if ('asked' in what) functions.hear(what);
  const questions = said.filter((what) => 'id' in what);
  // Messages that are made do not wait for a batch, whose function asks for more than it was given.
  void answer(questions.filter((question) => 'order' in question));
  for (const question of questions) if ('call' in question) void answer([question]);
});
