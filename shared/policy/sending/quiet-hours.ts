import { isWithin, nextTime } from '#kernel/zones';

export interface QuietHours {
  from: string;
  to: string;
  then?: 'hold' | 'skip' | undefined;
}

/** Texts wake people: they come by day, unless somebody says otherwise. */
const textsByDay: QuietHours = { from: '20:00', to: '09:00' };

/** What a client says of quiet hours. */
export interface QuietClient {
  quietHours?: QuietHours | undefined;
  channels: { sms?: { quietHours?: QuietHours | false | undefined } | undefined };
}

/** For advertising whose author set no quiet hours. More than one: quiet is while any of them reigns. */
export const usualQuiet = ({ quietHours, channels }: QuietClient, channel: string): QuietHours[] => {
  const always = quietHours ? [quietHours] : [];
  if (channel !== 'sms') return always;
  const ofTexts = channels.sms?.quietHours;
  if (ofTexts === false) return always;
  return ofTexts ? [ofTexts] : [textsByDay, ...always];
};

const endOf = (quiet: QuietHours, now: number, zone: string): number | undefined => {
  if (!isWithin(now, zone, quiet)) return undefined;
  const end = nextTime(now, zone, quiet.to);
  // Where clocks go back over the end, the first of the two ends may still lie within.
  return isWithin(end, zone, quiet) ? nextTime(end + 1, zone, quiet.to) : end;
};

/** Windows that leave no gap at all would go on for ever. */
const maxWindows = 8;

export interface Quiet {
  /** Milliseconds: when it is over, by the wall clock of the zone. */
  until: number;
  /** One of them says that nothing is kept for later. */
  skips: boolean;
}

/** The quiet that reigns now; `undefined` when none does. */
export const quietNow = (windows: readonly QuietHours[], now: number, zone: string): Quiet | undefined => {
  const skips = windows.some((quiet) => quiet.then === 'skip' && isWithin(now, zone, quiet));
  let until = now;
  for (let i = 0; i < maxWindows; i++) {
    const ends = windows.map((quiet) => endOf(quiet, until, zone)).filter((end) => end !== undefined);
    if (ends.length === 0) break;
    until = Math.max(...ends);
  }
  return until === now ? undefined : { until, skips };
};
