import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest } from '#infra/manifest';
import { mayAct, type Role, roles } from '#model/role';
import { type Office, openOffice, tokens } from './world.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const routes = manifest.flatMap(({ record: { triggers } }) =>
  triggers.flatMap((trigger) =>
    trigger.kind === 'http' && trigger.access !== 'public'
      ? [{ ...trigger, access: trigger.access, route: `${trigger.method} ${trigger.path}` }]
      : [],
  ),
);

/** Nothing of this name is there; as a number it is a version or a part. */
const pathOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (/^(n|number)$/.test(name) ? '1' : 'nobody'));

const refusal = (needed: Role, role: Role) => ({
  type: 'urn:problem:wayleaf:forbidden',
  title: 'Forbidden',
  status: 403,
  code: 'forbidden',
  detail: `This takes the role ${needed}; your token has the role ${role}. Ask an admin for a token that may.`,
});
const nobody = {
  type: 'urn:problem:wayleaf:unauthorized',
  title: 'Unauthorized',
  status: 401,
  code: 'unauthorized',
  detail: 'Send "Authorization: Bearer TOKEN" with a token of this API.',
};

describe.each(routes)('$route', ({ method, path, access }) => {
  const address = pathOf(path);

  test('lets nobody in without a token, nor with the public key', async () => {
    const key: Record<string, string> = { authorization: `Basic ${btoa('wk_acme:')}` };
    for (const headers of [{}, key]) {
      const answer = await office.ask(method, address, { token: '', headers });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="wayleaf"']);
      expect(answer.json()).toEqual(nobody);
    }
  });

  test(`refuses every role below ${access}, and lets the others in`, async () => {
    for (const role of roles) {
      const answer = await office.ask(method, address, { token: tokens[role] });
      if (!mayAct(role, access)) expect(answer.json(), role).toEqual(refusal(access, role));
      else
        expect([401, 403].includes(answer.status) || answer.status >= 500, `${role} ${answer.text}`).toBe(
          false,
        );
    }
  });
});

test('a viewer is shown no person, and nobody but an admin sees tokens, keys, secrets or the audit', () => {
  const least = (pattern: RegExp) => [
    ...new Set(routes.filter(({ path }) => pattern.test(path)).map(({ access }) => access)),
  ];
  expect(least(/^\/v1\/contacts|\/members$|^\/v1\/imports|^\/v1\/tasks/)).not.toContain('viewer');
  expect(least(/^\/v1\/(tokens|keys|secrets|audit)/)).toEqual(['admin']);
});

test('what is refused is the same whether the thing exists or not', async () => {
  const segment = { name: 'All', if: { consent: 'email' } };
  expect((await office.ask('PUT', '/v1/segments/all', { body: segment })).status).toBe(201);
  const [there, missing] = await Promise.all(
    ['all', 'none'].map((id) => office.ask('DELETE', `/v1/segments/${id}`, { token: tokens.viewer })),
  );
  expect(there?.text).toBe(missing?.text);
  expect(there?.status).toBe(403);
  expect((await office.ask('GET', '/v1/segments/all', { token: tokens.viewer })).status).toBe(200);
});
