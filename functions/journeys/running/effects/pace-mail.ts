import { GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { isBusy, laneOf, type SendPace, slowed } from '#policy/sending/send-pace';
import { savePace, takeSlot } from '#store/sends/send-pace';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';

/** Reasons of holds of mails that have their slot: they are not asked to take another. */
export const [paced, throttled] = ['pace', 'throttled'];

/** So soon it may as well go now: SES allows short bursts, and a hold takes a second at least. */
const soonMs = 1_500;

type Asked = { step: string; class: 'marketing' | 'transactional' };

/**
 * When the account's rate lets this mail go, where that is not now. Costs nothing until SES has refused a
 * mail for its rate; from then on a write for each mail.
 */
export const paceMail = async (
  services: Services,
  scene: Scene,
  asked: Asked,
): Promise<number | undefined> => {
  const { pace, now, run } = scene;
  if (!pace || !isBusy(pace, now) || hasSlot(scene, asked.step)) return undefined;
  const slot = await takeSlot(services.store, pace, laneOf(run, { ...asked, now }));
  return slot - now > soonMs ? slot : undefined;
};

const hasSlot = ({ run: { held }, visit }: Scene, step: string): boolean =>
  (held?.reason === paced || held?.reason === throttled) && held.step === step && held.visit === visit;

/**
 * SES refused one for its rate: all go slower, and this one gets the next slot. None while nobody knows the
 * rate: a guess would be kept for all that wait, and the next refusal asks again.
 */
export const slowDown = async (
  services: Services,
  scene: Scene,
  asked: Asked,
): Promise<number | undefined> => {
  const { store, context } = services;
  const now = store.clock.now();
  const quota = await sendRate(services, scene.pace);
  if (quota === undefined) {
    context.log.warn('mail-rate-unknown', { journey: scene.run.journey });
    return undefined;
  }
  const pace = await savePace(store, slowed(scene.pace, quota, now));
  context.log.warn('mail-throttled', { quota, rate: pace.rate, journey: scene.run.journey });
  return takeSlot(store, pace, laneOf(scene.run, { ...asked, now }));
};

/** SES allows one such question a second; who is not answered takes what was known. */
const sendRate = async ({ context }: Services, known: SendPace | undefined): Promise<number | undefined> => {
  try {
    const { MaxSendRate } = await context.aws.ses.send(new GetSendQuotaCommand({}));
    return MaxSendRate === undefined ? known?.quota : Math.max(1, MaxSendRate);
  } catch {
    return known?.quota;
  }
};
