import type { MessageOrder, ReadyMessage } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { missingIn } from '#channels/skip';
import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import { newId, sendId } from '#kernel/ids';
import { viewContact } from '#model/contact';
import type { Send } from '#model/send';
import {
  addressFields,
  addressOf,
  decideSend,
  type SendDecision,
  type SendQuestion,
} from '#policy/sending/sending';
import type { Step } from '#statemachines/document/schema';
import type { SendEffect } from '#statemachines/steps/effects';
import { getContact } from '#store/contacts/contacts';
import { type CapUse, type Claim, readCaps, readSend, skipSend, withoutUse } from '#store/sends/sends';
import type { Services } from '../../services.ts';
import { BrokenVersion } from '../../versions.ts';
import { countsForCaps, type SendRules, sceneRules } from '../rules.ts';
import type { Scene } from '../scene.ts';
import { holdStep, reachedAt } from '../waits/hold.ts';
import { broughtBy } from './brought.ts';
import { claimAndDeliver, meetEarlier } from './claim-and-deliver.ts';
import { paced, paceMail } from './pace-mail.ts';
import { wasPerhapsSent } from './perhaps-sent.ts';

/** How often the contact may change between decision and claim before the machine tries again. */
const maxLooks = 3;

/** Sends, skips with a reason, or holds: decided first, then claimed in one transaction, then called once. */
export const sendMessage = async (
  services: Services,
  scene: Scene,
  step: Step,
  effect: SendEffect,
): Promise<void> => {
  for (let look = 1; look <= maxLooks; look++) {
    if ((await sendOnce(services, scene, step, effect)) === 'over') return;
    const contact = await getContact(services.store, scene.contact.id);
    if (!contact) throw new Ended('the contact is gone');
    scene.contact = contact;
  }
  throw new Error('the contact changed with each look; try again');
};

const sendOnce = async (
  services: Services,
  scene: Scene,
  step: Step,
  effect: SendEffect,
): Promise<'over' | 'look-again'> => {
  const rules = sceneRules(scene, effect.channel, effect.sending);
  const template = templateOf(scene, effect);
  const topic = effect.topic ?? template?.topic ?? rules.topic;
  const send = newSend(scene, step, effect.channel, { topic, template: effect.template });
  if (await wasPerhapsSent(services, scene)) return skip(services, send, 'restored');
  const isCounted = await countsForCaps(services, effect.channel, rules);
  const caps = isCounted ? (scene.caps ?? (await readCaps(services.store, scene.contact.id))) : undefined;
  scene.caps = undefined;
  const question = { ...rules, topic, ...questionOf(scene, step, effect) };
  const decision = await decide(services, send, {
    ...question,
    sentBefore: caps?.sentAt[effect.channel] ?? [],
  });
  if (decision.kind === 'hold') return holdUnlessMade(services, scene, send, decision);
  if (decision.kind === 'skip') return skip(services, send, decision.reason);
  const slot =
    effect.channel === 'email' ? await paceMail(services, scene, { step: step.id, ...rules }) : undefined;
  if (slot !== undefined) return holdUnlessMade(services, scene, send, { until: slot, reason: paced });
  const prepared = await (services.context.prepare ?? prepareMessage)(
    await orderOf(services, scene, send, { ...effect, class: rules.class }),
  );
  if ('skip' in prepared) return skip(services, { ...send, ...missingIn(prepared) }, prepared.skip);
  const claim = {
    ...claimOf(scene, send, rules),
    ...(caps && { cap: usedOnce(caps, effect.channel, rules, scene.now) }),
  };
  const made = { ...claim, send: { ...send, ...subjectOf(prepared.message) } };
  const ending = await claimAndDeliver(services, scene, made, prepared.message, rules.class);
  return ending === 'suppressed' || ending === 'unanswered' ? skip(services, send, ending) : ending;
};

/** What the provider refused does not stand in its own way: it may be tried again, and counts once. */
const decide = async ({ store }: Services, send: Send, question: SendQuestion): Promise<SendDecision> => {
  const decision = decideSend(question);
  if (decision.kind !== 'skip' || decision.reason !== 'cap') return decision;
  const earlier = await readSend(store, send.contact, send.id);
  if (!earlier?.again) return decision;
  return decideSend({ ...question, sentBefore: withoutUse(question.sentBefore, earlier) });
};

const questionOf = (scene: Scene, step: Step, { channel }: SendEffect) => ({
  contact: scene.contact,
  channel,
  now: scene.now,
  reachedAt: reachedAt(scene, step.id),
});

const templateOf = ({ version }: Scene, { template }: SendEffect) => {
  if (template === undefined) return undefined;
  const found = version.templates[template];
  if (!found)
    throw new BrokenVersion(`template "${template}" was not frozen with version of "${version.document.id}"`);
  return found;
};

/** Does anything of the journey hear that this step's message arrived? */
const isAwaited = ({ version: { listensTo, document } }: Scene, step: Step): boolean =>
  listensTo.some(
    (on) => 'message' in on && on.message === step.id && (on.was === 'sent' || on.was === 'delivered'),
  ) || (document.exit ?? []).some(({ on }) => !on);

export const newSend = (
  scene: Scene,
  step: Step,
  channel: Send['channel'],
  { topic, template }: { topic?: string | undefined; template?: string | undefined } = {},
): Send => ({
  id: sendId(scene.run.id, step.id, scene.visit, channel),
  contact: scene.run.contact,
  run: scene.run.id,
  journey: scene.run.journey,
  version: scene.run.version,
  step: step.id,
  visit: scene.visit,
  channel,
  at: iso(scene.now),
  status: 'claimed',
  owner: newId(),
  attempts: 1,
  ...(isAwaited(scene, step) ? { awaited: true } : {}),
  ...(template === undefined ? {} : { template }),
  ...(topic === undefined ? {} : { topic }),
});

export const skip = async (services: Services, send: Send, reason: string): Promise<'over'> => {
  const { owner: _owner, attempts: _attempts, ...record } = send;
  if (await skipSend(services.store, { ...record, status: 'skipped', reason })) return 'over';
  const earlier = await readSend(services.store, send.contact, send.id);
  return earlier ? meetEarlier(services, earlier) : 'over';
};

/** An earlier attempt may have sent it before the quiet began. */
const holdUnlessMade = async (
  services: Services,
  scene: Scene,
  send: Send,
  hold: { until: number; reason: string },
): Promise<'over'> => {
  const earlier = await readSend(services.store, send.contact, send.id);
  return earlier && !earlier.again
    ? meetEarlier(services, earlier)
    : holdStep(services, scene, send.step, hold);
};

type Content = Partial<
  Pick<MessageOrder, 'text' | 'subject' | 'from' | 'link' | 'team' | 'task' | 'data'>
> & {
  template?: string | undefined;
  class: MessageOrder['class'];
};

export const orderOf = async (
  services: Services,
  scene: Scene,
  send: Send,
  content: Content,
): Promise<MessageOrder> => {
  const { run, version, contact, client, now } = scene;
  const { template, class: kind, text, subject, from, link, team, task, data } = content;
  const found = template === undefined ? undefined : version.templates[template];
  return {
    channel: send.channel as MessageOrder['channel'],
    sendId: send.id,
    contactId: run.contact,
    run: { id: run.id, journey: run.journey, journeyName: version.document.name, version: run.version },
    step: send.step,
    class: kind,
    ...defined({ topic: send.topic, template: found, text, subject, from, link, team, task, data }),
    contact: viewContact(contact),
    trigger: run.trigger,
    results: run.results,
    client,
    settings: services.context.settings,
    keys: (await services.store.keys()).links,
    now,
  };
};

const defined = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

/** What the decision was made on, as conditions of the claim. */
const claimOf = (scene: Scene, send: Send, rules: SendRules): Claim => {
  const { run, contact } = scene;
  const channel = send.channel as SendEffect['channel'];
  const value = addressOf(contact, channel);
  const address = { field: addressFields[channel], value: value ?? '' };
  return {
    send,
    run,
    guard: { contact, channel, address, consent: rules.class === 'marketing', topic: send.topic },
    brought: broughtBy(scene, send, value),
  };
};

/** Times that no cap looks back to are dropped. */
const usedOnce = (caps: CapUse, channel: string, { cap: rule }: SendRules, now: number): CapUse => {
  const isAsked = (at: number) => at > now - Math.max(rule?.perMs ?? 0, keptCapMs);
  const times = [...(caps.sentAt[channel] ?? []).filter(isAsked), now].slice(-maxCapTimes);
  return { ...caps, sentAt: { ...caps.sentAt, [channel]: times } };
};
const keptCapMs = 366 * 86_400_000;
const maxCapTimes = 1_000;

const subjectOf = (message: ReadyMessage): Pick<Send, 'subject' | 'parts'> => {
  if (message.channel === 'sms') return { parts: message.segments };
  return message.channel === 'email' || message.channel === 'push' ? { subject: message.subject } : {};
};
