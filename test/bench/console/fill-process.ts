/**
 * A data folder with so many contacts, brought in by the product's own import and counted by its own streams, in
 * a process of its own whose young heap is as large as V8 likes it: `wayleaf start` keeps it small for those who
 * have little memory, and collects for a quarter of the time.
 * `node --max-semi-space-size=64 fill-process.ts DATA CLIENT CONTACTS` prints a line of JSON for each step forward.
 */
import { createWorld } from '#infra/local/world';

const [data = '', client = '', many = '100'] = process.argv.slice(2);
const contacts = Number(many);
/** As the command line sends them. */
const rowsInPart = 5_000;
const world = await createWorld({ data, client, clock: 'real' });

const insist = async <T>(method: string, path: string, body?: string): Promise<T> => {
  const headers = {
    authorization: `Bearer ${world.adminToken}`,
    ...(body === undefined ? {} : { 'content-type': 'text/csv; charset=utf-8' }),
  };
  const answer = await world.http({ method, path, headers, body } as never);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${answer.status} ${answer.text}`);
  return answer.json<T>();
};
const tell = (done: number): void => console.log(JSON.stringify({ done }));

/** Half of them are in the segment. */
const rowOf = (i: number): string => `person-${i}@example.com,Ada ${i},${i % 100}`;
const partOf = (number: number): string => {
  const first = number * rowsInPart;
  const length = Math.min(rowsInPart, contacts - first);
  const rows = Array.from({ length }, (_, i) => rowOf(first + i));
  return `${['email,firstName,companySize', ...rows].join('\n')}\n`;
};

interface Import {
  id: string;
  status: string;
  done: number;
  created: number;
}
const parts = Math.ceil(contacts / rowsInPart);
const { id } = await insist<Import>('POST', `/v1/contacts/import?parts=${parts}`);
for (let number = 0; number < parts; number++)
  await insist('PUT', `/v1/imports/${id}/parts/${number + 1}`, partOf(number));
let now: Import;
do {
  now = await insist<Import>('POST', `/v1/imports/${id}/continue`);
  tell(now.done);
} while (now.status === 'running');
if (now.created !== contacts) throw new Error(`Of ${contacts} rows ${now.created} became contacts.`);

// Segments and figures come after, out of the streams.
await world.drain();
const until = Date.now() + 90_000;
for (;;) {
  const { members, state } = await insist<{ members: number; state: string }>(
    'GET',
    '/v1/segments/large/count',
  );
  if (members === contacts / 2 && state === 'ready') break;
  if (Date.now() > until)
    throw new Error(`${members} of ${contacts / 2} members were counted in 90 seconds.`);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
await world.close();
process.exit(0);
