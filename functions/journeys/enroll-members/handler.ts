import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { iso } from '#kernel/clock';
import type { EnrolmentWork } from '#model/enrolment';
import { enrolmentsPerSecond } from '#policy/sending/pace';
import { isOpen, listEnrolments } from '#store/catalogue/enrolments';
import { areLeadsWaiting } from '#store/runs/waiting-leads';
import { openServices, type Services } from '../services.ts';
import { takePortion } from './portion.ts';

const second = 1_000;
/** The next call of the schedule goes on. */
const longestMs = 50_000;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return () => enrollAll(services);
};

/** Where nobody can pause, one portion a call. @returns `next`: when the next portion is due */
const enrollAll = async (services: Services): Promise<{ next: string | null }> => {
  const { clock, pause } = services.context;
  const end = clock.now() + longestMs;
  for (;;) {
    const next = await takeTurn(services);
    if (next === undefined) return { next: null };
    if (!pause || next > end) return { next: iso(next) };
    await pause(Math.max(0, next - clock.now()));
  }
};

/** One second's worth of starts. @returns when the next is due; undefined when nothing is left */
const takeTurn = async (services: Services): Promise<number | undefined> => {
  const { store, context } = services;
  const open = (await listEnrolments(store)).filter(isOpen);
  if (open.length === 0) return undefined;
  const soonest = store.clock.now() + second;
  if (await areLeadsWaiting(store)) return soonest;
  await services.catalogue.renew();
  const share = { left: enrolmentsPerSecond(context.settings.region) };
  const dues: number[] = [];
  for (const enrolment of open) dues.push(await dueAfter(services, enrolment, share));
  const next = Math.min(...dues);
  return next === never ? undefined : Math.max(soonest, next);
};

const never = Number.POSITIVE_INFINITY;

/** @returns milliseconds: when this one is due again */
const dueAfter = async (
  services: Services,
  enrolment: EnrolmentWork,
  share: { left: number },
): Promise<number> => {
  if (Date.parse(enrolment.nextAt) > services.store.clock.now()) return Date.parse(enrolment.nextAt);
  if (share.left === 0) return services.store.clock.now();
  const { after, taken } = await takePortion(services, enrolment, share.left);
  share.left -= taken;
  return isOpen(after) ? Date.parse(after.nextAt) : never;
};
