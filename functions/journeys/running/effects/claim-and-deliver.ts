import { deliver } from '#channels/deliver';
import type { Outcome, ReadyMessage } from '#channels/order';
import { giveUpClaim } from '#functions/messages/give-up-claim';
import { Ended } from '#kernel/errors';
import { drawn } from '#kernel/ids';
import type { Send } from '#model/send';
import { untilSettled } from '#store/retry';
import { beginStepWrite } from '#store/runs/steps';
import { releaseUse } from '#store/sends/release-use';
import {
  type Claim,
  type Claimed,
  claimSend,
  type SendResult,
  settleSend,
  withoutUseOf,
} from '#store/sends/sends';
import { takeTurn } from '#store/sends/unanswered';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { lastWaitWrites } from '../waits/close-wait.ts';
import { holdStep, pausedHold, reachedAt } from '../waits/hold.ts';
import { waitAhead } from '../waits/wait-step.ts';
import { countForBrake } from './count-for-brake.ts';
import { forgetDevice } from './forget-device.ts';
import { slowDown, throttled } from './pace-mail.ts';

type MessageClass = 'marketing' | 'transactional';

/** How long a message is tried that the provider surely did not accept: longer than its quota of a day lasts. */
const patienceMs = 25 * 3_600_000;

/**
 * An invocation that got its claim and then slept so long may have been given up by its machine, and the
 * run may have gone on: it does not call the provider any more. Below the function's own timeout.
 */
const leaseMs = 25_000;

/**
 * `look-again`: the contact is not what it was when this was decided. `suppressed`: it is, but its
 * address may not be written to, because of somebody else who has it. `unanswered`: another post brought the
 * address a message.
 */
export type Ending = 'over' | 'look-again' | 'suppressed' | 'unanswered';

/**
 * Claims, calls the provider once, and writes down what became of it.
 */
export const claimAndDeliver = async (
  services: Services,
  scene: Scene,
  claim: Claim,
  message: ReadyMessage,
  kind: MessageClass = 'transactional',
): Promise<Ending> => {
  const next = await waitAhead(services, scene);
  const waits = await lastWaitWrites(services, scene);
  if (next) waits.push(beginStepWrite(services.store, next.record));
  return claimAttempt(services, scene, { ...claim, wait: next?.wait, waits }, { message, kind });
};

interface Letter {
  message: ReadyMessage;
  kind: MessageClass;
}

const claimAttempt = async (
  services: Services,
  scene: Scene,
  claim: Claim,
  letter: Letter,
): Promise<Ending> => {
  const claimed = await untilSettled(() => claimSend(services.store, claim));
  if (claimed.kind === 'found') {
    const { again, attempts = 1 } = claimed.send;
    if (!again || claim.send.attempts !== 1) return meetEarlier(services, claimed.send);
    // What stands beside the first claim is there already; its use of the cap moves to this one.
    const next = {
      ...claim,
      ...{ send: { ...claim.send, attempts: attempts + 1 }, also: [] },
      ...(claim.cap && { cap: withoutUseOf(claim.cap, claimed.send) }),
    };
    return claimAttempt(services, scene, next, letter);
  }
  if (claimed.kind === 'brought') {
    const turn = claim.brought?.over
      ? undefined
      : await takeTurn(services.store, claim.brought!, claimed.before);
    return turn ? claimAttempt(services, scene, { ...claim, brought: turn }, letter) : 'unanswered';
  }
  if (claimed.kind === 'refused') return refuse(services, scene, claim.send.step, claimed);
  scene.run = { ...scene.run, wait: claim.wait };
  const [outcome] = await Promise.all([
    isLate(services, scene) ? tooLate : deliver(letter.message, services.context.aws),
    countForBrake(services, scene, claim.send),
  ]);
  await report(services, scene, claim.send, { outcome, ...letter });
  return 'over';
};

const isLate = ({ store }: Services, { now }: Scene): boolean => store.clock.now() - now > leaseMs;
const tooLate: Outcome = { status: 'refused', reason: 'too-late', retryable: true };

const refuse = async (
  services: Services,
  scene: Scene,
  step: string,
  refused: Extract<Claimed, { kind: 'refused' }>,
): Promise<Ending> => {
  if (refused.by === 'run') throw new Ended('the run has ended');
  if (refused.by === 'gate') return holdStep(services, scene, step, pausedHold(scene, refused.paused));
  return refused.by === 'suppression' ? 'suppressed' : 'look-again';
};

/** An earlier attempt whose fate nobody knows may have been accepted: the provider is never called again. */
export const meetEarlier = async (services: Services, send: Send): Promise<'over'> => {
  if (send.status === 'claimed') await giveUpClaim(services, send);
  return 'over';
};

const report = async (
  services: Services,
  scene: Scene,
  send: Send,
  { outcome, message, kind }: Letter & { outcome: Outcome },
): Promise<void> => {
  const { store, context } = services;
  const result = resultOf(scene, send, outcome);
  const isOurs = await settleSend(store, send, result);
  if (result.status === 'sent') return;
  const fields = { send: send.id, journey: send.journey, step: send.step, reason: result.reason };
  context.log[result.status === 'indeterminate' ? 'error' : 'warn'](`send-${result.status}`, fields);
  if (result.status === 'failed' && !result.again && isOurs) await releaseUse(store, scene.contact.id, send);
  await forgetDevice(services, message, result);
  if (result.status === 'failed' && result.again && isOurs)
    await holdBack(services, scene, { send, reason: result.reason, kind });
};

/** The wait behind the message has not begun after all. */
const holdBack = async (
  services: Services,
  scene: Scene,
  { send, reason, kind }: { send: Send; reason: string; kind: MessageClass },
): Promise<never> => {
  const leaves = scene.run.wait;
  const slot =
    reason === throttled && send.channel === 'email'
      ? await slowDown(services, scene, { step: send.step, class: kind })
      : undefined;
  const until = slot ?? scene.now + backoffMs(send);
  return holdStep(services, scene, send.step, { until, reason, leaves });
};

const resultOf = (scene: Scene, { step }: Send, outcome: Outcome): SendResult => {
  if (outcome.status === 'accepted') return { status: 'sent', providerId: outcome.providerId };
  if (outcome.status === 'unknown') return { status: 'indeterminate', reason: outcome.reason };
  const again = outcome.retryable && scene.now - reachedAt(scene, step) < patienceMs;
  return { status: 'failed', reason: outcome.reason, ...(again ? { again } : {}) };
};

/** 5 to 10 seconds, doubled each time, at most 15 minutes; spread, so that a throttled crowd does not return as one. */
const backoffMs = ({ id, attempts = 1 }: Send): number =>
  Math.min(900_000, 5_000 * 2 ** (attempts - 1) * (1 + drawn(id, attempts)));
