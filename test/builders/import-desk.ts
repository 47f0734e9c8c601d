import { afterAll, beforeAll, expect } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { type AudienceWorld, openAudience } from './audience-world.ts';

const rules = {
  fields: {
    companySize: { type: 'number' },
    plan: { type: 'choice', options: ['free', 'pro'] },
    born: { type: 'date' },
  },
  stages: { lead: { to: ['customer'] }, customer: { to: [] } },
};

/** One world for the tests of a file, with two people in it, to which files of contacts are sent. */
export const openImportDesk = () => {
  let world: AudienceWorld;
  beforeAll(async () => {
    const folder = { ...readClientFolder('acme'), journeys: {}, segments: {} };
    world = await openAudience({ client: { ...folder, client: { ...(folder.client as object), ...rules } } });
    await world.identify('eve', { phone: '+4915112345679' });
    await world.identify('u-9');
    await world.drain();
  });
  afterAll(() => world.close());

  const ask = async (
    path: string,
    body: string | Uint8Array,
    { method = 'POST', ...headers }: Record<string, string> = {},
  ) =>
    world.world.http({
      ...{ method, path, body },
      headers: { authorization: `Bearer ${world.world.adminToken}`, 'content-type': 'text/csv', ...headers },
    } as never);

  let good = 0;
  return {
    ask,
    insist: <T>(method: string, path: string) => world.insist<T>(method, path),
    /** A new number for each who asks. */
    next: () => good++,
    /** A valid request after each bad one still works. */
    async stillWorks(): Promise<void> {
      const answer = await ask('/v1/contacts/import', `email\ngood${good++}@example.com\n`);
      expect([answer.status, answer.json()]).toMatchObject([202, { status: 'completed', created: 1 }]);
    },
    async resultsOf(id: string): Promise<string[][]> {
      const { text } = await ask(`/v1/imports/${id}/result`, '', { method: 'GET' });
      return text
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1')))
        .map((cells) => [...cells.slice(0, 3), cells.slice(3).join(',').replaceAll('"', '')]);
    },
  };
};
