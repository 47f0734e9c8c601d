/**
 * An SES and SNS of its own, in a process of its own: accepts messages, writes each to a file with
 * fsync before it answers, and never dies with the world that sends to it.
 * `node outbox-process.ts FILE` prints `outbox ready URL`; ends with its parent's standard input.
 */
import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { createServer } from 'node:http';

const file = openSync(process.argv[2] ?? 'outbox.ndjson', 'a');
let accepted = 0;

const record = (entry: Record<string, unknown>): void => {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
  fsyncSync(file);
};

const tagOf = (body: URLSearchParams, prefix: string, wanted: string): string | undefined => {
  for (const [name, value] of body)
    if (name.startsWith(prefix) && value === wanted)
      return body.get(name.replace(/\.Name$/, '.Value')) ?? undefined;
  return undefined;
};

const attributeOf = (body: URLSearchParams): string | undefined => {
  for (const [name, value] of body)
    if (/^MessageAttributes\.entry\.\d+\.Name$/.test(name) && value === 'sendId')
      return body.get(name.replace(/\.Name$/, '.Value.StringValue')) ?? undefined;
  return undefined;
};

const answer = (action: string, id: string): string =>
  `<${action}Response><${action}Result><MessageId>${id}</MessageId></${action}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${action}Response>`;

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const action = body.get('Action') ?? '';
  const id = `outside-${++accepted}`;
  record({
    action,
    id,
    sendId: tagOf(body, 'Tags.member.', 'sendId') ?? attributeOf(body),
    to: body.get('PhoneNumber') ?? body.get('TopicArn') ?? undefined,
  });
  response.writeHead(200, { 'content-type': 'text/xml' }).end(answer(action, id));
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`outbox ready http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
const end = (): void => {
  closeSync(file);
  process.exit(0);
};
process.stdin.on('end', end).on('close', end).resume();
