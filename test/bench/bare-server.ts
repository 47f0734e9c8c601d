/**
 * The reference: a Node server that parses each JSON body and commits it to SQLite with fsync, one
 * transaction a request, and does nothing else. `node bare-server.ts FILE` prints `bare ready URL`.
 */
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync(process.argv[2] ?? 'bare.sqlite');
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT)',
);
const insert = database.prepare('INSERT INTO event (body) VALUES (?)');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    insert.run(JSON.stringify(body));
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"success":true}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`bare ready http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
