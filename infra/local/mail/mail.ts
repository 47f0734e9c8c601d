import type { Clock } from '#kernel/clock';
import type { Database } from '../sqlite/database.ts';
import type { Execute } from '../wire/model.ts';
import { type Accepted, createOutbox, type Outbox } from './outbox.ts';
import { createSes, type SesOptions } from './ses.ts';
import { createSns, type SnsOptions } from './sns.ts';

export interface MailOptions
  extends Pick<SesOptions, 'identities'>,
    Pick<SnsOptions, 'onTopic' | 'topics' | 'applications'> {
  db: Database;
  clock: Clock;
  region: string;
  account: string;
  /** Called within the write that makes an e-mail durable. */
  onMail?: (accepted: Accepted) => void;
}

export interface Mail {
  ses: Execute;
  sns: Execute;
  outbox: Outbox;
}

/** SES and SNS over one outbox. */
export const createMail = ({
  db,
  clock,
  region,
  account,
  identities,
  onMail,
  ...topics
}: MailOptions): Mail => {
  const outbox = createOutbox(db, clock);
  return {
    outbox,
    ses: createSes({
      outbox,
      clock,
      region,
      ...(identities ? { identities } : {}),
      ...(onMail ? { onAccepted: onMail } : {}),
    }),
    sns: createSns({ db, outbox, region, account, ...topics }),
  };
};
