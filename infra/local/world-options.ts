import type { Tell } from '#aws/event-bus';
import type { LogLevel } from '#aws/log';
import type { Web } from '#web/web';
import type { ClientFolder } from '../client-folder.ts';
import type { FunctionEntry } from '../manifest.ts';
import type { Figure } from './contexts.ts';
import type { Intercept } from './services.ts';
import type { Seam } from './wire/seams.ts';

export interface WorldOptions {
  /** Data folder; in memory when left out. */
  data?: string | undefined;
  /** A name in `infra/clients`, the path of a client's folder, or what such a folder holds. */
  client?: string | ClientFolder | undefined;
  /** Virtual unless data is kept. */
  clock?: 'real' | 'virtual' | undefined;
  /** Where a new virtual clock starts (milliseconds). */
  start?: number | undefined;
  /** For what is left to chance: jitter, order of redelivery. */
  seed?: number | undefined;
  seam?: Seam | undefined;
  manifest?: readonly FunctionEntry[] | undefined;
  /** What "at least once" allows and seldom happens: everything twice, contacts overtaking each other. */
  redeliver?: { twice?: boolean; shuffle?: boolean } | undefined;
  /** SES tells of each mail that it was sent and delivered (default true). */
  autoDelivery?: boolean | undefined;
  intercept?: Intercept | undefined;
  /** Webhooks are played: nothing leaves this machine, and each call is answered with `{}`. */
  web?: Web | undefined;
  /** Takes the figures that functions write for the dashboard. */
  measured?: ((figure: Figure) => void) | undefined;
  /** Takes what other systems are told, where `eventsOut` is on; files in the data folder when left out. */
  tell?: Tell | undefined;
  adminToken?: string | undefined;
  /** Folder with the console's files, served at the root; no console when left out. */
  console?: string | undefined;
  logLevel?: LogLevel | undefined;
  /** Where data is kept, a second thread begins after so many messages (default 200). */
  messagesInFirstThread?: number | undefined;
  /** `full` survives a power cut, `normal` only a kill. */
  sync?: 'full' | 'normal' | 'off' | undefined;
  /** SES and SNS in another process; `AWS_ENDPOINT_URL_SES` and `AWS_ENDPOINT_URL_SNS` when left out. */
  endpoints?: { ses?: string | undefined; sns?: string | undefined } | undefined;
}
