import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { awayIsLater, invalidLink, readLink } from '#functions/messages/link-facts';
import { button, form, paragraph, readerPage, showRefusal } from '#functions/messages/pages';
import { openServices, type Reader, type Services, voiceFor } from '#functions/messages/reader';
import type { HttpAnswer } from '#http/answer';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { contactOf } from '#kernel/ids';
import type { Word } from '#model/words/en';
import { readSend } from '#store/sends/sends';
import type { Store } from '#store/store';
import { answerOf, answerTask, findTask, isOpen, type Task } from '../answer-task/answer.ts';
import { taskId } from '../running/task-id.ts';

/** A task as one of its links leads to it. */
interface Asked {
  task: Task;
  /** The answer that this link gives. */
  outcome: string;
  /** The link's own time is over. */
  isOver: boolean;
  reader: Reader;
}

const unlessGone = (work: Promise<Task>): Promise<Task> =>
  work.catch((error: unknown) => {
    throw error instanceof Refusal ? invalidLink() : error;
  });

/** By the message that brought the link: of whoever was erased there is none any more. */
const taskOf = async (store: Store, sendId: string): Promise<Task> => {
  const send = await readSend(store, contactOf(sendId), sendId);
  if (!send) throw invalidLink();
  return unlessGone(findTask(store, taskId(send.run, send.step, send.visit)));
};

const read = async ({ store, catalogue }: Services, request: HttpRequest): Promise<Asked> => {
  const facts = await readLink(store, 'task', request);
  const { sendId, outcome, until = 0 } = facts;
  if (outcome === undefined) throw invalidLink();
  const [task, client] = await awayIsLater(
    Promise.all([taskOf(store, sendId), catalogue.renewAfter(60_000).then(() => catalogue.client())]),
  );
  // A colleague reads it: in the language of the browser, not of the contact.
  const reader = { facts, client, voice: voiceFor(request, client) };
  return { task, outcome, isOver: store.clock.now() >= until, reader };
};

const show = ({ reader, task }: Asked, status: number, title: Word, body: string): HttpAnswer => ({
  ...readerPage(reader, title, `${paragraph(task.record.task?.title ?? '')}${body}`),
  status,
});

const says = ({ reader }: Asked, word: Word, outcome = ''): string =>
  paragraph(reader.voice.say(word, { outcome }));

/** What became of the task, once there is nothing to ask. */
const settled = (asked: Asked, answer: string | undefined, status: number): HttpAnswer => {
  if (answer === undefined) return show(asked, status, 'task-closed-title', says(asked, 'task-closed-text'));
  return answer === asked.outcome
    ? show(asked, 200, 'task-answered-title', says(asked, 'task-answered-text', answer))
    : show(asked, status, 'task-before-title', says(asked, 'task-before-text', answer));
};

const question = (asked: Asked): HttpAnswer => {
  const { outcome, reader } = asked;
  const answer = button(reader.voice.say('task-button', { outcome }));
  return show(asked, 200, 'task-title', `${says(asked, 'task-text', outcome)}${form(answer)}`);
};

/** Changes nothing: scanners of mails follow every link. */
const ask = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const asked = await read(services, request);
  const answer = await awayIsLater(answerOf(services.store, asked.task));
  const mayAnswer = answer === undefined && !asked.isOver && isOpen(services.store, asked.task);
  return mayAnswer ? question(asked) : settled(asked, answer, answer === undefined ? 410 : 200);
};

const take = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { store } = services;
  const asked = await read(services, request);
  const { task, outcome } = asked;
  try {
    if (!asked.isOver) await awayIsLater(answerTask(store, task, { outcome }));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error;
  }
  const answer = await awayIsLater(answerOf(store, task));
  return settled(asked, answer, answer === undefined ? 410 : 409);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store, showRefusal },
    {
      'GET /t/{token}': (request) => ask(services, request),
      'HEAD /t/{token}': (request) => ask(services, request),
      'POST /t/{token}': (request) => take(services, request),
    },
  );
};
