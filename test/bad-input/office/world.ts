import { type ClientFolder, readClientFolder } from '#infra/client-folder';
import type { HttpReply } from '#infra/local/browse';
import { createWorld, type World } from '#infra/local/world';
import type { Role } from '#model/role';
import { saveToken } from '#store/catalogue/tokens';

export const tokens: Readonly<Record<Role, string>> = {
  ...{ viewer: 'token-of-a-viewer', author: 'token-of-an-author' },
  ...{ publisher: 'token-of-a-publisher', admin: 'token-of-an-admin' },
};

export interface Office {
  world: World;
  ask(
    method: string,
    path: string,
    given?: { token?: string | undefined; headers?: Record<string, string>; body?: unknown },
  ): Promise<HttpReply>;
  close(): Promise<void>;
}

const emptyFolder = (): ClientFolder => ({
  ...readClientFolder('acme'),
  ...{ journeys: {}, templates: {}, forms: {}, segments: {}, layouts: {}, partials: {} },
});

/** A client with a token of each role, and nothing else. */
export const openOffice = async (): Promise<Office> => {
  const start = Date.parse('2026-03-02T09:00:00Z');
  const options = { start, seed: 1, logLevel: 'error', sync: 'off' } as const;
  const world = await createWorld({ client: emptyFolder(), adminToken: tokens.admin, ...options });
  for (const role of ['viewer', 'author', 'publisher'] as const)
    await saveToken(world.store, tokens[role], role, role);
  const ask: Office['ask'] = (method, path, { token = tokens.admin, headers = {}, body } = {}) =>
    world.http({
      ...{ method, path, headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers } },
      ...(body === undefined ? {} : { body }),
    } as never);
  return { world, ask, close: () => world.close() };
};
