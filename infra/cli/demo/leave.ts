import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutboxEntry } from './visitor.ts';

/** Every message as a file of its own: mail as `.eml`, as SES would have had it; texts as `.txt`. */
export const leaveMessages = (folder: string, outbox: readonly OutboxEntry[]): Map<OutboxEntry, string> => {
  mkdirSync(join(folder, 'messages'), { recursive: true });
  return new Map(
    outbox.map((message, i) => {
      const file = `messages/${String(i + 1).padStart(3, '0')}-${message.channel}-${plain(message.to)}.${message.raw ? 'eml' : 'txt'}`;
      writeFileSync(join(folder, file), message.raw ?? asText(message));
      return [message, file];
    }),
  );
};

const asText = ({ at, channel, to, subject, text }: OutboxEntry): string =>
  `${at}\n${channel} to ${to}\n${subject ? `${subject}\n` : ''}\n${text ?? ''}\n`;

const plain = (to: string): string =>
  to
    .replace(/^arn:.*:/, '')
    .replace(/[^A-Za-z0-9@.+-]/g, '-')
    .slice(0, 60);
