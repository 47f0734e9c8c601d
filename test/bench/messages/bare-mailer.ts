/**
 * The reference: a Node server that makes a mail for each form post within the request and commits both to SQLite
 * with fsync, one transaction a request. No contact, no consent, no journey, nothing twice or never.
 * `node bare-mailer.ts FILE` prints `bare ready URL`.
 */
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { prepareMessage } from '#channels/prepare';
import { orderFor } from './client.ts';
import { compiled } from './renders.ts';

const database = new DatabaseSync(process.argv[2] ?? 'bare.sqlite');
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE mail (at TEXT, recipient TEXT, form TEXT, raw BLOB)',
);
const insert = database.prepare('INSERT INTO mail VALUES (?, ?, ?, ?)');
const template = await compiled();
let made = 0;

const take = async (form: string): Promise<void> => {
  const { email } = JSON.parse(form) as { email: string };
  const prepared = await prepareMessage({
    ...orderFor(made++, template),
    contact: { email, firstName: 'Ada' },
  });
  if (!('message' in prepared) || prepared.message.channel !== 'email') throw new Error('no mail');
  insert.run(new Date().toISOString(), email, form, prepared.message.raw);
};

const server = createServer((request, response) => {
  if (request.url === '/local/outbox') {
    const all = database.prepare('SELECT at, recipient AS "to" FROM mail').all();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(all));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    await take(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(202).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`bare ready http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
