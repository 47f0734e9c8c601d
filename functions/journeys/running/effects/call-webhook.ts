import { Ended } from '#kernel/errors';
import { drawn, sendId } from '#kernel/ids';
import type { StepRecord } from '#model/run';
import type { Step } from '#statemachines/document/schema';
import type { WebhookEffect } from '#statemachines/steps/effects';
import { isGateOpen } from '#store/runs/gates';
import { resultWrite } from '#store/runs/runs';
import { againStepWrite, readStep } from '#store/runs/steps';
import { findUnstorable } from '#store/storable';
import { TransactionRefused, transact } from '#store/table';
import { type Judged, judgeAnswer } from '#web/judge-answer';
import type { WebRequest } from '#web/web';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { holdStep, pausedHold } from '../waits/hold.ts';
import { recordOf } from '../waits/wait-step.ts';
import { renderFor, skipWith } from './write-event.ts';

const maxAttempts = 6;

/**
 * Called until somebody answers, at most so often. Unlike a message it may arrive twice: the key that
 * each try carries is what the receiver knows a repeat by. What was answered is written down once.
 */
export const callWebhook = async (
  services: Services,
  scene: Scene,
  step: Step,
  effect: WebhookEffect,
): Promise<void> => {
  const { store, context } = services;
  const earlier = await readStep(store, recordOf(scene, step));
  if (earlier && !earlier.again) return;
  if (!(await isGateOpen(store, scene.run.journey, scene.run.contact)))
    return holdStep(services, scene, step.id, pausedHold(scene));
  const body = renderFor(scene, effect.body);
  if ('skip' in body) return skipWith(services, scene, step, body.skip);
  const answer = await context.web.call(requestOf(scene, step, effect, body.value));
  const judged = storable(judgeAnswer(answer, effect.saveAs !== undefined));
  await keep(services, scene, step, {
    judged,
    attempts: (earlier?.attempts ?? 0) + 1,
    saveAs: effect.saveAs,
  });
};

const requestOf = (
  { run, visit }: Scene,
  step: Step,
  { url, method, headers = {} }: WebhookEffect,
  body: unknown,
): WebRequest => {
  const written = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const content = body === undefined ? undefined : JSON.stringify(body);
  return {
    url,
    method,
    headers: {
      'user-agent': 'Wayleaf',
      accept: 'application/json',
      ...Object.fromEntries(written),
      'idempotency-key': sendId(run.id, step.id, visit, 'webhook'),
      ...(content !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(content)),
      }),
    },
    ...(content !== undefined && { body: content }),
  };
};

/** What the table could not keep is no result. */
const storable = (judged: Judged): Judged => {
  const problem = judged.outcome === 'done' ? findUnstorable(judged.result) : undefined;
  return problem ? { outcome: 'failed', reason: `answer-${problem.code}`, again: false } : judged;
};

interface Called {
  judged: Judged;
  attempts: number;
  saveAs: string | undefined;
}

const keep = async (services: Services, scene: Scene, step: Step, called: Called): Promise<void> => {
  const { store, context } = services;
  const record = calledRecord(scene, step, called);
  const { judged, saveAs, attempts } = called;
  const result =
    judged.outcome === 'done' && saveAs ? { name: saveAs, value: judged.result ?? null } : undefined;
  try {
    await transact(store.dynamodb, [againStepWrite(store, record), resultWrite(store, scene.run, result)]);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    const [known, ended] = error.found;
    // Another call of the same visit wrote down its answer first.
    if (known) return;
    if (ended) throw new Ended('the run has ended');
    throw error;
  }
  if (result) scene.run = { ...scene.run, results: { ...scene.run.results, [result.name]: result.value } };
  if (judged.outcome === 'done') return;
  const { reason } = judged;
  context.log.warn('webhook-failed', { run: scene.run.id, step: step.id, reason, attempts });
  if (record.again)
    return holdStep(services, scene, step.id, { until: scene.now + backoffMs(record), reason });
};

const calledRecord = (scene: Scene, step: Step, { judged, attempts }: Called): StepRecord => ({
  ...recordOf(scene, step),
  attempts,
  ...(judged.outcome === 'done'
    ? { outcome: 'done', status: judged.status }
    : {
        outcome: 'failed',
        reason: judged.reason,
        ...(judged.status !== undefined && { status: judged.status }),
        ...(judged.again && attempts < maxAttempts && { again: true }),
      }),
});

/** 30 to 60 seconds, four times as long each time: about four hours in all. */
const backoffMs = ({ run, step, attempts = 1 }: StepRecord): number =>
  30_000 * 4 ** (attempts - 1) * (1 + drawn(run, step, attempts));
