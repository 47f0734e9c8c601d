import { parentPort } from 'node:worker_threads';
import type { Prepared } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import type { Answer, Question } from './thread.ts';

/** A mail's bytes change hands instead of being copied; what lies in a shared pool cannot. */
const bytesOf = (prepared: Prepared): ArrayBuffer[] => {
  if (!('message' in prepared) || prepared.message.channel !== 'email') return [];
  prepared.message.raw = new Uint8Array(prepared.message.raw);
  return [prepared.message.raw.buffer as ArrayBuffer];
};

const answer = async ({ id, order }: Question): Promise<Answer> => {
  try {
    return { id, prepared: await prepareMessage(order) };
  } catch (error) {
    return { id, error };
  }
};

parentPort?.on('message', async (questions: Question[]) => {
  const answers = await Promise.all(questions.map(answer));
  const bytes = answers.flatMap(({ prepared }) => (prepared ? bytesOf(prepared) : []));
  parentPort?.postMessage(answers, bytes);
});
