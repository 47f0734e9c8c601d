import type { Clock } from '#kernel/clock';
import { iso } from '#kernel/clock';
import type { Database } from '../sqlite/database.ts';

export type Channel = 'email' | 'sms' | 'push' | 'team';

/** One accepted message, exactly as it was handed over. */
export interface Accepted {
  /** Counts up; newest last. */
  readonly seq: number;
  readonly messageId: string;
  /** ISO */
  readonly at: string;
  readonly channel: Channel;
  readonly to: readonly string[];
  /** Envelope sender, for e-mail. */
  readonly from?: string;
  readonly sendId?: string;
  readonly subject?: string;
  /** The MIME message, or the text in UTF-8. */
  readonly body: Uint8Array;
  /** SES message tags, or the string attributes of an SNS message. */
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
}

export interface Outbox {
  /** Durable when it resolves; `also` becomes durable with it. */
  accept(message: Omit<Accepted, 'seq' | 'at'>, also?: (accepted: Accepted) => void): Promise<Accepted>;
  /** Oldest first. */
  list(since?: number): Accepted[];
  find(sendId: string): Accepted | undefined;
  countSince(at: string, channel: Channel): number;
}

const schema = `CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, channel TEXT NOT NULL,
  recipients TEXT NOT NULL, sender TEXT, send_id TEXT, subject TEXT, body BLOB NOT NULL, tags TEXT NOT NULL,
  configuration_set TEXT);
CREATE INDEX IF NOT EXISTS outbox_send ON outbox (send_id);
CREATE INDEX IF NOT EXISTS outbox_at ON outbox (channel, at);`;

type Row = Record<string, string | number | Uint8Array | null>;

const fromRow = (row: Row): Accepted => ({
  seq: row.seq as number,
  messageId: row.message_id as string,
  at: row.at as string,
  channel: row.channel as Channel,
  to: JSON.parse(row.recipients as string),
  body: row.body as Uint8Array,
  tags: JSON.parse(row.tags as string),
  ...(row.sender === null ? {} : { from: row.sender as string }),
  ...(row.send_id === null ? {} : { sendId: row.send_id as string }),
  ...(row.subject === null ? {} : { subject: row.subject as string }),
  ...(row.configuration_set === null ? {} : { configurationSet: row.configuration_set as string }),
});

/** What SES and SNS took on: where "at most once" is counted. Nothing is ever removed from it. */
export const createOutbox = (db: Database, clock: Clock): Outbox => {
  db.sql.exec(schema);
  const insert = db.prepare(
    'INSERT INTO outbox (message_id, at, channel, recipients, sender, send_id, subject, body, tags, configuration_set) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq',
  );
  const since = db.prepare<Row>('SELECT * FROM outbox WHERE seq > ? ORDER BY seq');
  const bySend = db.prepare<Row>('SELECT * FROM outbox WHERE send_id = ? ORDER BY seq LIMIT 1');
  const count = db.prepare('SELECT count(*) AS n FROM outbox WHERE channel = ? AND at > ?');
  const write = (message: Omit<Accepted, 'seq'>): Accepted => {
    const { messageId, at, channel, to, from = null, sendId = null, subject = null, body, tags } = message;
    const texts = [JSON.stringify(to), from, sendId, subject] as const;
    const rest = [body, JSON.stringify(tags), message.configurationSet ?? null] as const;
    return { seq: insert.get(messageId, at, channel, ...texts, ...rest)?.seq as number, ...message };
  };
  return {
    accept: (message, also) =>
      db.write(() => {
        const accepted = write({ ...message, at: iso(clock.now()) });
        also?.(accepted);
        return accepted;
      }),
    list: (after = 0) => since.all(after).map(fromRow),
    find(sendId) {
      const row = bySend.get(sendId);
      return row && fromRow(row);
    },
    countSince: (at, channel) => count.get(channel, at)?.n as number,
  };
};
