import { expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const segment = { name: 'Pros', if: { contact: 'plan', is: 'pro' } };

test('what the folder brought is not deleted but taken over, with a word about it', async () => {
  const client = { ...readClientFolder('acme'), journeys: {}, segments: { pros: segment } };
  const { ask } = await open({ client });
  const refused = await ask<{ code: string; detail: string }>('DELETE', '/v1/segments/pros');
  expect([refused.status, refused.json.code]).toEqual([409, 'owned-by-folder']);
  expect(refused.json.detail).toContain('(segments/pros.json)');
  const put = await ask<{ issues: { code: string }[] }>('PUT', '/v1/segments/pros', segment);
  expect([put.status, put.json.issues.map(({ code }) => code)]).toEqual([200, ['taken-from-folder']]);
  expect((await ask('PUT', '/v1/segments/pros', segment)).json.issues).toEqual([]);
  expect((await ask('DELETE', '/v1/segments/pros')).status).toBe(204);
});
